using System.Runtime.CompilerServices;

namespace Assay.Events.Tests;

/// <summary>A store in memory that keeps the port's promises, and fails when it is told to, before or after it has written.</summary>
internal sealed class FakeEventStore : IEventStore
{
    private readonly Lock gate = new();
    private readonly List<AssayEvent> events = [];
    private SpoolPosition position;

    /// <summary>Asked before each write: whether it fails, and whether it has committed all the same.</summary>
    public Func<Failure> OnWrite { get; set; } = () => Failure.None;
    public bool IsOut { get; set; }
    public int Writes { get; private set; }
    public int Lookups { get; private set; }

    public IReadOnlyList<AssayEvent> Events { get { lock (gate) return [.. events]; } }
    public SpoolPosition Position { get { lock (gate) return position; } set { lock (gate) position = value; } }

    public enum Failure { None, Before, After }

    public Task<SpoolPosition> ReadPositionAsync(CancellationToken cancellationToken = default)
    {
        ThrowIfOut();
        return Task.FromResult(Position);
    }

    public Task WriteAsync(IReadOnlyList<AssayEvent> events, SpoolPosition position, CancellationToken cancellationToken = default)
    {
        ThrowIfOut();
        var failure = OnWrite();
        if (failure == Failure.Before) throw new EventStoreUnavailableException("the fake store fails before it writes");
        lock (gate)
        {
            Writes++;
            this.events.AddRange(events);
            this.position = position;
        }
        if (failure == Failure.After) throw new EventStoreUnavailableException("the fake store fails after it wrote");
        return Task.CompletedTask;
    }

    public Task<IReadOnlyDictionary<UInt128, ulong>> FindAsync(IReadOnlyCollection<UInt128> idHashes, CancellationToken cancellationToken = default)
    {
        ThrowIfOut();
        lock (gate)
        {
            Lookups++;
            IReadOnlyDictionary<UInt128, ulong> found = events.Where(e => e.HasClientId && idHashes.Contains(EventFingerprint.OfId(e.Id)))
                .ToDictionary(e => EventFingerprint.OfId(e.Id), EventJson.ContentHash);
            return Task.FromResult(found);
        }
    }

    public async IAsyncEnumerable<UInt128> ReadIdHashesAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ThrowIfOut();
        foreach (var value in Events.Where(e => e.HasClientId)) yield return EventFingerprint.OfId(value.Id);
        await Task.CompletedTask;
    }

    public Task<ExperimentMoments> ReadMomentsAsync(MomentsQuery query, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("not asked for here");

    private void ThrowIfOut()
    {
        if (IsOut) throw new EventStoreUnavailableException("the fake store is out");
    }
}
