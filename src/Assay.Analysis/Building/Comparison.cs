using Assay.Events;
using Assay.Experiments;

namespace Assay.Analysis;

/// <summary>One metric × treatment on its way to a row: the estimate at the plan's alpha, later the level its family gives it.</summary>
internal sealed record Comparison(ExperimentMetric Declared, MetricMoments Moments, string Variant, Effect Effect)
{
    public Metric Metric => Declared.Metric;

    /// <summary>The level of the interval; primaries may get a stricter one.</summary>
    public required double Alpha { get; init; }

    public double? AdjustedPValue { get; init; }
    public double? MinimumEffect { get; init; }
}
