namespace Assay.Events;

/// <summary>A human rater's verdict on a generation.</summary>
public sealed record LabelEvent : AssayEvent
{
    public required EventTarget Target { get; init; }
    public required string Metric { get; init; }
    public double? Value { get; init; }
    public string? Rater { get; init; }
    public PairwiseVerdict? Pairwise { get; init; }
}
