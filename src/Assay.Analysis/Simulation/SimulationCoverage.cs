using System.Collections.Concurrent;
using System.Collections.Immutable;
using Assay.Events;
using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Analysis;

/// <summary>Whether the interval that a report shows at the end would hold the truth, without computing the interval: the stop's place in the stage-wise order says it.</summary>
/// <remarks>The distribution is integrated once for each true drift. A run's drift follows from its own standard error, so the distributions are made
/// on a grid and read off between its points on the normal scale, which is good to about 1e-6.</remarks>
internal sealed class SimulationCoverage(SequentialPlan plan)
{
    private const double Step = 0.02;
    private readonly ConcurrentDictionary<(GroupSequentialDesign Design, int Point), StageWiseDistribution> _distributions = new();

    private readonly Metric _metric = plan.Experiment.MetricsOf(MetricRole.Primary).First().Metric;

    /// <summary>Of the first primary and treatment; null where there is no interval.</summary>
    public bool? Of(ImmutableArray<LookRecord> history, ExperimentMoments moments, double effect)
    {
        var variant = plan.Experiment.Variants[1].Key;
        if (LookJudge.Settled(history, _metric.Name, variant) is var (look, settled)) return OfStop(history[..(history.IndexOf(look) + 1)], settled, effect);
        if (history[^1].Comparisons.FirstOrDefault(c => c.Metric == _metric.Name && c.Variant == variant) is not { } open) return null;
        // Not settled at the end: the repeated interval of the last look, made as a report makes it.
        var boundary = plan.Boundary(history, open.Alpha);
        var level = StageLevel.Of(boundary.Level, boundary.Critical);
        if (level.IsUnbounded) return true;
        var arms = moments.Metrics.First(m => m.Metric == _metric.Name).Arms;
        MetricArmMoments control = RowBuilder.Arm(arms, plan.Experiment.Control.Key), treatment = RowBuilder.Arm(arms, variant);
        Interval? interval = _metric.Type == MetricType.Proportion && !AdjustedEffect.Applies(_metric, control, treatment) && !ClusterEffect.Applies(_metric, control, treatment)
            ? ProportionScore.Interval(new Proportion(control.Successes, control.Units), new Proportion(treatment.Successes, treatment.Units), level.Nominal)
            : EffectEstimator.IntervalOf(_metric, control, treatment, level.Nominal, StandardNormal.Critical(plan.Experiment.Plan.Alpha));
        return interval?.Contains(effect);
    }

    private bool? OfStop(ImmutableArray<LookRecord> looks, LookComparison found, double effect)
    {
        if (found is not { Z: { } z, StandardError: { } error }) return null;
        var boundary = plan.Boundary(looks, found.Alpha);
        double drift = effect / (Math.Abs(error) * Math.Sqrt(looks[^1].Fraction)), place = drift / Step;
        int below = (int)Math.Floor(place), look = looks.Length;
        var low = StandardNormal.Quantile(At(boundary.Design, below, look, z));
        var chance = place == below ? low : low + (place - below) * (StandardNormal.Quantile(At(boundary.Design, below + 1, look, z)) - low);
        return Math.Abs(chance) <= StandardNormal.Critical(boundary.Level);
    }

    private double At(GroupSequentialDesign design, int point, int look, double z) => Math.Clamp(
        _distributions.GetOrAdd((design, point), static key => new StageWiseDistribution(key.Design, key.Point * Step)).AtLeast(look, z), 1e-300, 1 - 1e-16);
}
