using System.Collections.Immutable;
using Assay.Events;
using Assay.Experiments;

namespace Assay.Analysis;

/// <summary>Family 2 at a look, as a report tests it, without computing p-value by p-value: a correction only asks on which side of its own levels each lies,
/// and a p-value is at most a level exactly where that level's boundary is reached.</summary>
internal sealed class SecondaryFamily
{
    /// <summary>A run remembers its claims as bits.</summary>
    public const int Most = 64;

    private readonly SequentialPlan _plan;
    private readonly double _quantileZ;
    private readonly double[] _levels;
    private readonly string[] _primaries;
    private readonly Func<ReadOnlySpan<double>, double[]> _correction;

    /// <exception cref="ArgumentException">There are too many comparisons to remember.</exception>
    public SecondaryFamily(SequentialPlan plan, double quantileZ)
    {
        (_plan, _quantileZ) = (plan, quantileZ);
        var experiment = plan.Experiment;
        Comparisons = [.. experiment.MetricsOf(MetricRole.Secondary).SelectMany(m => experiment.Variants.Skip(1).Select(v => (m.Metric, v.Key)))];
        if (Comparisons.Length > Most) throw new ArgumentException($"there are {Comparisons.Length} secondary metrics × treatments: at most {Most} can be simulated");
        _levels = [.. Levels(experiment.Plan, Comparisons.Length).Distinct().Order()];
        _primaries = [.. experiment.MetricsOf(MetricRole.Primary).Select(m => m.Metric.Name)];
        _correction = PrimaryFamily.Correction(experiment.Plan.Correction);
    }

    /// <summary>Secondaries × treatments, in the order of the definition.</summary>
    public ImmutableArray<(Metric Metric, string Variant)> Comparisons { get; }

    /// <summary>True when family 1 has rejected for some treatment, and its secondaries may be claimed.</summary>
    public bool IsOpen(ImmutableArray<LookRecord> looks) => _plan.Experiment.Variants.Skip(1).Any(v => IsOpen(looks, v.Key));

    private bool IsOpen(ImmutableArray<LookRecord> looks, string variant)
    {
        var rejected = _primaries.Count(p => LookJudge.Settled(looks, p, variant) is not null);
        return rejected == _primaries.Length || (rejected > 0 && _plan.Experiment.Plan.PrimaryRule == PrimaryRule.Any);
    }

    /// <summary>Bit i: comparison i is claimed at the newest look.</summary>
    public ulong Claims(ImmutableArray<LookRecord> looks, IReadOnlyDictionary<string, MetricMoments> moments)
    {
        if (Comparisons.IsEmpty) return 0;
        var alpha = _plan.Experiment.Plan.Alpha;
        double?[] pValues = [.. Comparisons.Select(c => !IsOpen(looks, c.Variant) ? null : AtMost(c.Metric, c.Variant, looks, moments))];
        var adjusted = PrimaryFamily.Adjust(pValues, _correction);
        ulong claims = 0;
        for (var i = 0; i < adjusted.Length; i++)
            if (adjusted[i] <= alpha) claims |= 1UL << i;
        return claims;
    }

    /// <summary>What a report made of the same says.</summary>
    public ulong Claims(Report report)
    {
        ulong claims = 0;
        for (var i = 0; i < Comparisons.Length; i++)
            if (report.Metrics.First(r => r.Role == "secondary" && r.Metric == Comparisons[i].Metric.Name && r.Treatment.Variant == Comparisons[i].Variant).AdjustedPValue <= _plan.Experiment.Plan.Alpha) claims |= 1UL << i;
        return claims;
    }

    // The smallest level whose boundary is reached; a hair below it, so that dividing and multiplying again leads to the same side.
    private double? AtMost(Metric metric, string variant, ImmutableArray<LookRecord> looks, IReadOnlyDictionary<string, MetricMoments> moments)
    {
        var arms = moments[metric.Name].Arms;
        if (LookStatistic.Of(metric, RowBuilder.Arm(arms, _plan.Experiment.Control.Key), RowBuilder.Arm(arms, variant), _quantileZ).Z is not { } z) return null;
        // The levels of declared boundaries are what their shares spend, which is a computation each.
        if (!_plan.Experiment.Plan.Boundaries.IsEmpty) return DeclaredPValue.Of(_plan.Experiment.Plan, looks, _plan.Fractions, z);
        foreach (var level in _levels)
            if (Math.Abs(z) >= _plan.Boundary(looks, level).Critical) return level * (1 - 1e-12);
        return 1;
    }

    private static IEnumerable<double> Levels(AnalysisPlan plan, int size)
    {
        var harmonic = Enumerable.Range(1, size).Sum(k => 1.0 / k);
        return plan.Correction switch
        {
            CorrectionKind.None => [plan.Alpha],
            CorrectionKind.Bonferroni => [plan.Alpha / size],
            CorrectionKind.Holm or CorrectionKind.Hochberg => Enumerable.Range(1, size).Select(k => plan.Alpha / k),
            CorrectionKind.BenjaminiYekutieli => Enumerable.Range(1, size).Select(k => plan.Alpha * k / size / harmonic),
            _ => Enumerable.Range(1, size).Select(k => plan.Alpha * k / size),
        };
    }
}
