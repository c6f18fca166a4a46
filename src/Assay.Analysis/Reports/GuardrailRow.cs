namespace Assay.Analysis;

/// <summary>One limit, held against one treatment.</summary>
public sealed record GuardrailRow
{
    internal const string Sequential = "sequential", Fixed = "fixed";

    public required string Metric { get; init; }
    public required string Variant { get; init; }

    /// <summary>max, min, maxChange, minChange, maxRelativeToControl or minRelativeToControl; null for a guardrail without a limit.</summary>
    public required string? Kind { get; init; }

    public required double? Limit { get; init; }

    /// <summary>What is held against the limit: the treatment's value, the difference, or treatment / control.</summary>
    public required double? Value { get; init; }

    /// <summary>Of <see cref="Value"/>; each end is a one-sided (1 − alpha/2) bound. Null for relative limits, which are decided on treatment − limit × control.</summary>
    public required ReportInterval? Interval { get; init; }

    /// <summary>sequential: broken by a bound that may be looked at all the time, and then at once, or by the interval at the planned end; fixed: by the interval at looks and
    /// at the end, also where a sequential guardrail's limit has no such bound (changes and ratios of quantiles).</summary>
    public string Method { get; init; } = Fixed;

    /// <summary>Of a sequential guardrail: its share of the .05 for any false alarm; else null.</summary>
    public double? Alpha { get; init; }

    /// <summary>Of a sequential guardrail: the always-valid bound nearest to the good side, of the value, the difference, treatment − limit × control,
    /// or for a quantile the share of events beyond the limit; null before 100 units an arm and 10 events.</summary>
    public double? Bound { get; init; }

    public required LimitState State { get; init; }

    /// <summary>For people: the value, the limit and how they stand.</summary>
    public required string Text { get; init; }
}
