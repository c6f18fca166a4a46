using System.Text.Json;

namespace Assay.Events;

/// <summary>What happened, as recorded: the common part of every event. Immutable; JSON in camelCase as in the HTTP contract.</summary>
public abstract record AssayEvent
{
    /// <summary>Unique over all events; the client's, else made by the server (UUID v7). An exposure's is derived from experiment, version and unit.</summary>
    public required string Id { get; init; }

    /// <summary>When it happened, UTC; the server's receipt time when the client gave none.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>Key of the experiment that the event is about; null: every experiment to which its unit was exposed before.</summary>
    public string? Experiment { get; init; }

    /// <summary>A flat JSON object, or null.</summary>
    public JsonElement? Attributes { get; init; }

    /// <summary>True when the client chose the id: only then can it come again.</summary>
    public bool HasClientId { get; init; }

    /// <summary>True when the client gave the timestamp: only then is it part of the content by which a repeated id is compared.</summary>
    public bool HasClientTimestamp { get; init; }
}
