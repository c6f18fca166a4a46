using System.Collections.Immutable;
using Assay.Events;
using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Analysis;

/// <summary>Effects of groups of units with errors that can be weighed against each other.</summary>
internal sealed class GroupEffects(Experiment experiment)
{
    /// <summary>Below so many units in an arm, or so many successes and failures, an error is itself too uncertain to weigh by.</summary>
    public const int FewestUnits = 30, FewestEvents = 5;

    /// <summary>The effect; null when the group is too small.</summary>
    public GroupEffect? Of(string? group, Metric metric, ImmutableArray<MetricArmMoments> arms, string variant)
    {
        MetricArmMoments control = RowBuilder.Arm(arms, experiment.Control.Key), treatment = RowBuilder.Arm(arms, variant);
        if (!IsEnough(metric, control) || !IsEnough(metric, treatment)) return null;
        if (metric.Type is MetricType.Proportion or MetricType.Mean or MetricType.Count) return Quick(group, metric, control, treatment);
        // As observed: what was known before may itself differ between the groups that are compared.
        var effect = EffectEstimator.Estimate(metric, AdjustedEffect.AsObserved(control), AdjustedEffect.AsObserved(treatment), experiment.Plan.Alpha, StandardNormal.Critical(experiment.Plan.Alpha));
        if (effect is not { IsEstimated: true, Difference: { } difference, StandardError: > 0 and { } error }) return null;
        return double.IsFinite(error) ? new GroupEffect(group, effect.ControlValue, effect.TreatmentValue, difference, error, control.Units + treatment.Units) : null;
    }

    // Difference and error are all that is asked; the same as the estimator's, without interval and arguments, for there may be thousands of groups.
    private static GroupEffect? Quick(string? group, Metric metric, MetricArmMoments control, MetricArmMoments treatment)
    {
        if (ArmCheck.WhyNot(control, "") is not null || ArmCheck.WhyNot(treatment, "") is not null) return null;
        var (c, t) = metric.Type == MetricType.Proportion ? (Rate(control), Rate(treatment)) : ((control.Mean, control.Variance), (treatment.Mean, treatment.Variance));
        var error = Math.Sqrt(c.Item2 / control.Units + t.Item2 / treatment.Units);
        return error > 0 && double.IsFinite(error) ? new GroupEffect(group, c.Item1, t.Item1, t.Item1 - c.Item1, error, control.Units + treatment.Units) : null;

        static (double, double) Rate(MetricArmMoments arm) => new Proportion(arm.Successes, arm.Units).Rate is var p ? (p, p * (1 - p)) : default;
    }

    /// <summary>What to read a p-value from when there is a family: those that are null stay null and count for nothing.</summary>
    public static double?[] Adjust(IEnumerable<double?> pValues, Func<ReadOnlySpan<double>, double[]> correction)
    {
        double?[] all = [.. pValues];
        var adjusted = correction([.. all.OfType<double>()]);
        var next = 0;
        return [.. all.Select(p => p is null ? null : (double?)adjusted[next++])];
    }

    private static bool IsEnough(Metric metric, MetricArmMoments arm) => metric.Type switch
    {
        MetricType.Proportion => arm.Units >= FewestUnits && arm.Successes >= FewestEvents && arm.Units - arm.Successes >= FewestEvents,
        MetricType.Quantile => arm.Quantile is { Units: >= FewestUnits },
        MetricType.Ratio => arm.Units >= FewestUnits && arm.NonZeroDenominators >= FewestEvents,
        _ => arm.Units >= FewestUnits,
    };
}
