using System.Collections.Immutable;
using Assay.Events;

namespace Assay.Gateway.Tests;

/// <summary>Keeps what is appended. A test may hold appends back, or let them fail.</summary>
internal sealed class FakeEventSink : IEventSink
{
    private ImmutableList<AssayEvent> events = [];

    /// <summary>Awaited before an append completes; by its result the append is kept.</summary>
    public Func<IReadOnlyList<AssayEvent>, Task>? BeforeAppend { get; set; }

    public ImmutableList<AssayEvent> Events => Volatile.Read(ref events);
    public IEnumerable<ExposureEvent> Exposures => Events.OfType<ExposureEvent>();
    public IEnumerable<GenerationEvent> Generations => Events.OfType<GenerationEvent>();

    public async ValueTask AppendAsync(IReadOnlyList<AssayEvent> appended, CancellationToken cancellationToken = default)
    {
        if (BeforeAppend is { } before) await before(appended);
        ImmutableInterlocked.Update(ref events, static (all, more) => all.AddRange(more), appended);
    }
}
