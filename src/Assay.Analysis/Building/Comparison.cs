using Assay.Events;
using Assay.Experiments;

namespace Assay.Analysis;

/// <summary>One metric × treatment on its way to a row: the estimate at the plan's alpha, later the level its family gives it.</summary>
internal sealed record Comparison(ExperimentMetric Declared, MetricMoments Moments, string Variant, Effect Effect)
{
    public Metric Metric => Declared.Metric;

    /// <summary>The level of the interval, over all looks; primaries may get a stricter one.</summary>
    public required double Alpha { get; init; }

    /// <summary>What the interval promises.</summary>
    public required IntervalKind Kind { get; init; }

    public double? AdjustedPValue { get; init; }

    /// <summary>How <see cref="AdjustedPValue"/> was adjusted, and why so; null for a family of one.</summary>
    public FamilyAdjustment? Adjustment { get; init; }

    /// <summary>What reproduces the family by <c>assay stats dunnett</c>; null where Dunnett was not used.</summary>
    public Func<System.Text.Json.Nodes.JsonObject>? DunnettArguments { get; init; }

    public double? MinimumEffect { get; init; }

    /// <summary>Beside a median-unbiased estimate, what was seen.</summary>
    public double? ObservedDifference { get; init; }

    /// <summary>Of a primary of a hybrid plan; else null.</summary>
    public HybridFinding? Hybrid { get; init; }

    /// <summary>What a registered look found, now or when it settled the comparison; null between looks and without looks.</summary>
    public LookComparison? Look { get; init; }

    /// <summary>The looks up to the one of <see cref="Look"/>.</summary>
    public System.Collections.Immutable.ImmutableArray<LookRecord> Looks { get; init; } = [];
}
