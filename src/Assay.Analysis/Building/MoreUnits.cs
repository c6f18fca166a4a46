using Assay.Events;
using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Analysis;

/// <summary>How many more units an inconclusive comparison needs, from the variance that was observed.</summary>
internal static class MoreUnits
{
    /// <summary>Units of both arms beyond those there are; null without a minimum effect or without an estimate, 0 when more are not expected to settle it.</summary>
    /// <remarks>First the size that finds the minimum effect with the plan's power. Where that is reached already, the size at which the
    /// interval can no longer hold both 0 and the minimum effect: power 1 − alpha in the same formula.</remarks>
    public static long? For(Metric metric, AnalysisPlan plan, Effect effect, double? minimumEffect, MetricArmMoments control, MetricArmMoments treatment)
    {
        if (minimumEffect is not { } delta || !effect.IsEstimated || control.Units < 2 || treatment.Units < 2) return null;
        var now = control.Units + treatment.Units;
        foreach (var power in new[] { plan.Power, Math.Max(plan.Power, 1 - plan.Alpha) })
            if (Total(metric, effect, delta, plan.Alpha, power, control, treatment) is { } total && total > now) return total - now;
        return 0;
    }

    private static long? Total(Metric metric, Effect effect, double delta, double alpha, double power, MetricArmMoments control, MetricArmMoments treatment)
    {
        var ratio = (double)treatment.Units / control.Units;
        if (metric.Type == MetricType.Proportion)
            return PlannedSize.ForProportion(effect.ControlValue!.Value, metric.Better == Direction.Higher ? delta : -delta, alpha, power, ratio)?.Total;
        if (effect.StandardError is not ({ } error and > 0) || power <= alpha) return null;
        // The standard deviation that one unit would need to give the observed error: the same for means, ratios and quantiles.
        var perUnit = error / Math.Sqrt(1.0 / control.Units + 1.0 / treatment.Units);
        return perUnit / delta > 1e6 ? null : SampleSize.ForMeans(perUnit, delta, alpha, power, ratio).Total;
    }
}
