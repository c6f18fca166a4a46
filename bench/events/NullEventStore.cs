using Assay.Events;

namespace Assay.Bench.Events;

/// <summary>A store that is always empty: the intake alone is measured.</summary>
internal sealed class NullEventStore : IEventStore
{
    public Task<SpoolPosition> ReadPositionAsync(CancellationToken cancellationToken = default) => Task.FromResult(SpoolPosition.Start);
    public Task WriteAsync(IReadOnlyList<AssayEvent> events, SpoolPosition position, CancellationToken cancellationToken = default) => Task.CompletedTask;

    public Task<IReadOnlyDictionary<UInt128, ulong>> FindAsync(IReadOnlyCollection<UInt128> idHashes, CancellationToken cancellationToken = default) =>
        Task.FromResult<IReadOnlyDictionary<UInt128, ulong>>(new Dictionary<UInt128, ulong>());

    public IAsyncEnumerable<UInt128> ReadIdHashesAsync(CancellationToken cancellationToken = default) => AsyncEnumerable.Empty<UInt128>();

    public Task<ExperimentMoments> ReadMomentsAsync(MomentsQuery query, CancellationToken cancellationToken = default) => throw new NotSupportedException();
}
