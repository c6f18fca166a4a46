namespace Assay.Events;

/// <summary>What came of it, as the application or the user says. Exactly one of the values is set, or none (it happened).</summary>
public sealed record OutcomeEvent : AssayEvent
{
    public required EventTarget Target { get; init; }
    public required string Metric { get; init; }

    /// <summary>Numbers; booleans as 1 and 0; null when absent or text. Always finite.</summary>
    public double? Value { get; init; }
    public string? Text { get; init; }
}
