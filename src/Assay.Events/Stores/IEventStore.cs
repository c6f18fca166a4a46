namespace Assay.Events;

/// <summary>The port to the analytical store of events. Implementations are safe for one writer and many readers at once.</summary>
public interface IEventStore : IMomentSource
{
    /// <summary>The spool position up to which events are in the store; <see cref="SpoolPosition.Start"/> for a new one.</summary>
    Task<SpoolPosition> ReadPositionAsync(CancellationToken cancellationToken = default);

    /// <summary>Writes a batch and the position after it in one transaction: both or neither survive a crash. Repeated exposures collapse to the earliest.</summary>
    /// <exception cref="EventStoreUnavailableException">Nothing was written; the caller tries again later.</exception>
    Task WriteAsync(IReadOnlyList<AssayEvent> events, SpoolPosition position, CancellationToken cancellationToken = default);

    /// <summary>Content hashes of those of the client-chosen ids that are already stored; ids are hashed by <see cref="EventFingerprint"/>.</summary>
    Task<IReadOnlyDictionary<UInt128, ulong>> FindAsync(IReadOnlyCollection<UInt128> idHashes, CancellationToken cancellationToken = default);

    /// <summary>Every stored client-chosen id, for the filter that keeps lookups off the hot path. In no order.</summary>
    IAsyncEnumerable<UInt128> ReadIdHashesAsync(CancellationToken cancellationToken = default);
}
