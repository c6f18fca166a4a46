using Assay.Events;
using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Analysis;

/// <summary>Bounds of guardrails that may be looked at all the time, so that a broken limit acts at once.</summary>
/// <remarks>The chance that any of them ever condemns a harmless variant is at most <see cref="RollbackAlpha"/>, shared equally by limit × treatment.
/// Rates are exact (the e-process of a rate, turned round); means, ratios and shares of events are asymptotic.</remarks>
internal static class GuardrailSequences
{
    /// <summary>For any false alarm in the whole experiment. A budget of its own: alpha is for goals.</summary>
    public const double RollbackAlpha = 0.05;

    /// <summary>Before so many units in each arm, and so many events of a rate, no bound acts.</summary>
    public const long FewestUnits = 100, FewestEvents = 10;

    public static bool IsSequential(Guardrail guardrail) => guardrail is { Method: "sequential", HasLimit: true };

    /// <summary>The level of one bound.</summary>
    public static double Share(Experiment experiment) =>
        RollbackAlpha / Math.Max(1, experiment.Guardrails.Where(IsSequential).Sum(g => Limits(g, experiment)) * (experiment.Variants.Length - 1));

    /// <summary>Whether a limit has a bound that may be looked at all the time: a quantile's change or ratio has none, and is judged as if it were fixed.</summary>
    public static bool Exists(Metric metric, string kind) => metric.Type != MetricType.Quantile || kind is "max" or "min";

    /// <summary>Whether the limit is broken for certain, at this share of the budget.</summary>
    /// <param name="limit">Its kind, as in <see cref="GuardrailRow.Kind"/>, and its number.</param>
    /// <param name="metric">The metric.</param>
    /// <param name="control">The control's moments.</param>
    /// <param name="treatment">The treatment's.</param>
    /// <param name="alpha">One-sided level over all times.</param>
    /// <param name="tunedFor">N* of the two arms together.</param>
    /// <returns>The bound on what is held against the limit, in its unit (the share of events beyond the limit for quantiles); null when none can be given.</returns>
    public static SequentialBound? Of((string Kind, double Number) limit, Metric metric, MetricArmMoments control, MetricArmMoments treatment, double alpha, double tunedFor)
    {
        var isUpper = limit.Kind.StartsWith("max", StringComparison.Ordinal);
        if (metric.Type == MetricType.Quantile)
            return metric.Quantile is { } q && treatment.Quantile is { } arm ? OfQuantile(limit, q, arm, control.Quantile?.Units ?? 0, alpha, tunedFor / 2) : null;
        if (ArmCheck.WhyNot(control, "") is not null || ArmCheck.WhyNot(treatment, "") is not null) return null;
        if (Math.Min(control.Units, treatment.Units) < FewestUnits) return null;
        if (metric.Type == MetricType.Proportion)
            return (isUpper ? treatment.Successes : treatment.Units - treatment.Successes) < FewestEvents ? null : OfRate(limit, isUpper, control, treatment, alpha);
        return OfMean(limit, isUpper, metric, control, treatment, alpha, tunedFor);
    }

    private static SequentialBound OfRate((string Kind, double Number) limit, bool isUpper, MetricArmMoments control, MetricArmMoments treatment, double alpha)
    {
        Proportion c = new(control.Successes, control.Units), t = new(treatment.Successes, treatment.Units);
        if (limit.Kind is "max" or "min") return SequentialBound.At(Near(t, alpha, isUpper), limit.Number, isUpper);
        // Each arm's own bound at half the level: exact without knowing the common rate.
        double near = Near(t, alpha / 2, isUpper), far = Near(c, alpha / 2, !isUpper);
        return limit.Kind.EndsWith("Change", StringComparison.Ordinal)
            ? SequentialBound.At(near - far, limit.Number, isUpper) : SequentialBound.At(near - limit.Number * far, 0, isUpper);

        static double Near(Proportion arm, double alpha, bool low) => ProportionConfidenceSequence.Of(arm, alpha) is var interval && low ? interval.Low : interval.High;
    }

    private static SequentialBound? OfMean((string Kind, double Number) limit, bool isUpper, Metric metric, MetricArmMoments control, MetricArmMoments treatment, double alpha, double tunedFor)
    {
        if (Value(metric, treatment) is not { } t || Value(metric, control) is not { } c) return null;
        var side = isUpper ? Alternative.Greater : Alternative.Less;
        return limit.Kind switch
        {
            "max" or "min" => Around(t.Value, t.Error, treatment.Units, tunedFor / 2, limit.Number),
            "maxChange" or "minChange" => Around(t.Value - c.Value, double.Hypot(t.Error, c.Error), control.Units + treatment.Units, tunedFor, limit.Number),
            _ => Around(t.Value - limit.Number * c.Value, double.Hypot(t.Error, limit.Number * c.Error), control.Units + treatment.Units, tunedFor, 0),
        };

        SequentialBound? Around(double estimate, double error, long units, double tuned, double against) => !(error > 0) || !double.IsFinite(estimate) ? null
            : SequentialBound.At(AsymptoticConfidenceSequence.Around(estimate, error, units, alpha, tuned, side).Interval is var i && isUpper ? i.Low : i.High, against, isUpper);
    }

    /// <summary>
    /// A quantile above its limit means that more than 1 − q of the events lie above it, one below its limit that more than q lie below:
    /// a ratio per unit, whose sequence needs no independent events.
    /// </summary>
    private static SequentialBound? OfQuantile((string Kind, double Number) limit, double q, QuantileArmMoments arm, long controlUnits, double alpha, double tunedFor)
    {
        (long Events, double StandardError, double Tolerated)? beyond = limit.Kind switch
        {
            "max" when arm.Above.FirstOrDefault(a => a.Limit == limit.Number) is { } above => (above.Events, above.StandardError, 1 - q),
            "min" when arm.Below.FirstOrDefault(b => b.Limit == limit.Number) is { } below => (below.Events, below.StandardError, q),
            _ => null,
        };
        if (beyond is not { } found || Math.Min(arm.Units, controlUnits) < FewestUnits || found.Events < FewestEvents || !(found.StandardError > 0)) return null;
        return SequentialBound.At(AsymptoticConfidenceSequence.Around((double)found.Events / arm.Events, found.StandardError, arm.Units, alpha, tunedFor, Alternative.Greater).Interval.Low, found.Tolerated, isUpper: true);
    }

    private static (double Value, double Error)? Value(Metric metric, MetricArmMoments arm)
    {
        if (metric.Type != MetricType.Ratio) return (arm.Mean, Math.Sqrt(arm.Variance / arm.Units));
        var ratio = RatioMetric.Estimate(RatioEffect.Moments(arm), 0.05);
        return ratio.IsEstimable ? (ratio.Value.Ratio, ratio.Value.StandardError) : null;
    }

    private static int Limits(Guardrail g, Experiment experiment)
    {
        (string Kind, double? Number)[] limits = [("max", g.Max), ("min", g.Min), ("maxChange", g.MaxChange), ("minChange", g.MinChange),
            ("maxRelativeToControl", g.MaxRelativeToControl), ("minRelativeToControl", g.MinRelativeToControl)];
        var metric = experiment.Metrics.FirstOrDefault(m => m.Metric.Name == g.Metric)?.Metric;
        return limits.Count(l => l.Number is not null && (metric is null || Exists(metric, l.Kind)));
    }
}
