namespace Assay.Events;

/// <summary>Where events are made durable.</summary>
public interface IEventSink
{
    /// <summary>Appends the events in order; completes when all of them are on disk (group commit), fails when they are not.</summary>
    /// <exception cref="SpoolUnavailableException">The disk refuses; nothing may be acknowledged.</exception>
    ValueTask AppendAsync(IReadOnlyList<AssayEvent> events, CancellationToken cancellationToken = default);
}
