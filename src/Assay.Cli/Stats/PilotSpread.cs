using System.Globalization;
using System.Text.Json.Nodes;
using Assay.Statistics;

namespace Assay.Cli.Stats;

/// <summary>What a pilot says about a metric, and so what a size assumes.</summary>
/// <param name="Units">Units that say it.</param>
/// <param name="Baseline">Value of the metric.</param>
/// <param name="Variance">What one unit contributes, clusters and covariate counted in.</param>
internal sealed record PilotSpread(long Units, double Baseline, double Variance)
{
    /// <summary>Below so many units a spread is a guess, whatever its interval says.</summary>
    public const long TooFew = 30;

    /// <summary>A size whose interval is wider than this factor is said to be uncertain.</summary>
    public const double Uncertain = 1.5;

    public bool IsProportion { get; init; }

    public double? Skewness { get; init; }

    /// <summary>Where the variance lies, at 95 %; null when the pilot cannot tell.</summary>
    public Interval? VarianceInterval { get; init; }

    /// <summary>Likeness of rows of one cluster; null without a cluster column.</summary>
    public double? IntraclassCorrelation { get; init; }

    public double? MeanClusterSize { get; init; }

    /// <summary>How many times the rows of independent ones are needed, because of clusters; 1 without.</summary>
    public double DesignEffect { get; init; } = 1;

    /// <summary>Of outcome and covariate; null without one.</summary>
    public double? Correlation { get; init; }

    public double StandardDeviation => Math.Sqrt(Variance);

    /// <summary>Two values of the baseline of a proportion, or of the standard deviation of anything else, between which the pilot leaves it.</summary>
    public (double Low, double High)? Range => IsProportion
        ? Wilson.Interval(new Proportion((long)Math.Round(Baseline * Units), Units), 0.05) is var share ? (share.Low, share.High) : null
        : VarianceInterval is { } interval ? (Math.Sqrt(interval.Low), Math.Sqrt(interval.High)) : null;

    public JsonObject ToJson() => new()
    {
        ["units"] = Units,
        ["baseline"] = Baseline,
        ["sd"] = StandardDeviation,
        ["skewness"] = Skewness,
        ["icc"] = IntraclassCorrelation,
        ["meanClusterSize"] = MeanClusterSize,
        ["designEffect"] = DesignEffect,
        ["correlation"] = Correlation,
    };

    public string ToText()
    {
        var parts = new List<string> { $"baseline {Say.Number(Baseline)}", $"standard deviation {Say.Number(StandardDeviation)}" };
        if (Skewness is { } skewness) parts.Add($"skewness {Say.Number(skewness)}");
        if (IntraclassCorrelation is { } icc)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"intraclass correlation {icc:0.####} with {MeanClusterSize:0.##} rows a cluster (design effect {DesignEffect:0.###})"));
        if (Correlation is { } correlation) parts.Add(string.Create(CultureInfo.InvariantCulture, $"correlation with the covariate {correlation:0.###}, which leaves {100 * (1 - correlation * correlation):0} % of the variance"));
        return $"Assumed, from {Say.Count(Units)} units of the pilot: {string.Join(", ", parts)}.";
    }

    /// <summary>What the pilot does not bear.</summary>
    public IEnumerable<string> Warnings((long Low, long High)? total)
    {
        var range = total is { } t ? $": the size may as well be {Say.Count(t.Low)} or {Say.Count(t.High)} in all (95 %)" : "";
        if (Units < TooFew) yield return $"the pilot has {Say.Count(Units)} units, too few to plan from{range}";
        else if (total is { } wide && wide.High > Uncertain * wide.Low) yield return $"the pilot leaves the size open{range}";
        if (!IsProportion && Skewness is { } skewness && 355 * skewness * skewness is var wanted && wanted > Units && Units >= TooFew)
            yield return $"values are skewed ({Say.Number(skewness)}): means need {Say.Count((long)Math.Ceiling(wanted))} units in the smaller arm before they behave, and so does the pilot's spread";
    }
}
