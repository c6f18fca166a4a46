namespace Assay.Analysis;

/// <summary>One limit, held against one treatment.</summary>
public sealed record GuardrailRow
{
    public required string Metric { get; init; }
    public required string Variant { get; init; }

    /// <summary>max, min, maxChange, minChange, maxRelativeToControl or minRelativeToControl; null for a guardrail without a limit.</summary>
    public required string? Kind { get; init; }

    public required double? Limit { get; init; }

    /// <summary>What is held against the limit: the treatment's value, the difference, or treatment / control.</summary>
    public required double? Value { get; init; }

    /// <summary>Of <see cref="Value"/>; each end is a one-sided (1 − alpha/2) bound. Null for relative limits, which are decided on treatment − limit × control.</summary>
    public required ReportInterval? Interval { get; init; }

    public required LimitState State { get; init; }

    /// <summary>For people: the value, the limit and how they stand.</summary>
    public required string Text { get; init; }
}
