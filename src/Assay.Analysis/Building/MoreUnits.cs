using Assay.Events;
using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Analysis;

/// <summary>How many more units an inconclusive comparison needs, from the variance that was observed.</summary>
internal static class MoreUnits
{
    private const double FewUnits = 100;

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
        if (metric.Type == MetricType.Proportion && effect.VarianceReduction is null)
            return PlannedSize.ForProportion(effect.ControlValue!.Value, metric.Better == Direction.Higher ? delta : -delta, alpha, power, ratio)?.Total;
        if (effect.StandardError is not ({ } error and > 0) || power <= alpha) return null;
        // The standard deviation that one unit would need to give the observed error: the same for means, ratios and quantiles.
        var perUnit = error / Math.Sqrt(1.0 / control.Units + 1.0 / treatment.Units);
        return perUnit / delta > 1e6 ? null : TotalOfMeans(perUnit, delta, alpha, power, ratio);
    }

    /// <summary>As <see cref="SampleSize.ForMeans"/>, which takes a millisecond; the normal size and half a squared quantile are as good from some hundred units on.</summary>
    /// <remarks>W. C. Guenther, The American Statistician 35 (1981) 243–244, doi:10.1080/00031305.1981.10479363.</remarks>
    private static long TotalOfMeans(double standardDeviation, double delta, double alpha, double power, double ratio)
    {
        double critical = StandardNormal.Critical(alpha), root = (critical + StandardNormal.Quantile(power)) * standardDeviation / delta;
        var control = root * root * (1 + 1 / ratio) + critical * critical / (2 * (1 + ratio));
        return control * Math.Min(1, ratio) < FewUnits ? SampleSize.ForMeans(standardDeviation, delta, alpha, power, ratio).Total
            : (long)(Math.Ceiling(control) + Math.Ceiling(control * ratio));
    }
}
