namespace Assay.Events;

/// <summary>A judge's measurement of a generation.</summary>
public sealed record ScoreEvent : AssayEvent
{
    public required EventTarget Target { get; init; }
    public required string Metric { get; init; }
    public double? Value { get; init; }
    public string? JudgeKey { get; init; }
    public string? JudgeHash { get; init; }
    public string? RubricHash { get; init; }
    public string? Reason { get; init; }
    public PairwiseVerdict? Pairwise { get; init; }
}
