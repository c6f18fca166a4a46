using Assay.Events;

/// <summary>Takes events and keeps none: shows what the gateway costs without its spool.</summary>
internal sealed class NoEvents : IEventSink
{
    public ValueTask AppendAsync(IReadOnlyList<AssayEvent> events, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;
}
