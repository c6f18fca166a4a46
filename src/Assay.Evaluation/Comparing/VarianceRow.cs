namespace Assay.Evaluation;

/// <summary>Where the variance of one metric of one variant comes from.</summary>
public sealed record VarianceRow
{
    public required string Metric { get; init; }
    public required string Variant { get; init; }

    /// <summary>Variances in the metric's squared unit; null when not estimable.</summary>
    public double? Case { get; init; }

    public double? Generation { get; init; }

    /// <summary>All that varies between verdicts on the same answer: severity, taste, and the rest.</summary>
    public double? Judge { get; init; }

    /// <summary>A component came out below 0 and was set to 0.</summary>
    public bool WasNegative { get; init; }

    public int Cases { get; init; }
    public int Generations { get; init; }
    public int Judges { get; init; }

    /// <summary>Why there is no split.</summary>
    public string? Reason { get; init; }
}
