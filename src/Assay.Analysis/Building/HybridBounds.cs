using Assay.Events;
using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Analysis;

/// <summary>What a hybrid plan knows of one comparison by the bounds that hold at all times: exact for rates, asymptotic for the rest.</summary>
/// <remarks>Made once for a plan: the exact sequences are laid out beforehand from its baseline and minimum effect, and safe to share between threads.</remarks>
internal sealed class HybridBounds
{
    /// <summary>Names of the two methods, as <c>assay stats</c> knows them.</summary>
    public const string Exact = "rate-difference-sequence", Asymptotic = "asymptotic-confidence-sequence";

    // Of further primaries that are shares the plan says no baseline; a wrong one costs width, not validity.
    private const double UnknownBaseline = 0.5, UnknownEffect = 0.05;
    private readonly Dictionary<string, (RateDifferenceSequence Limits, BernoulliEProcess Harm)> _rates = [];

    public HybridBounds(Experiment experiment)
    {
        foreach (var variant in experiment.Variants.Skip(1))
            foreach (var primary in experiment.MetricsOf(MetricRole.Primary))
                if (primary.Metric.Type == MetricType.Proportion) _rates.TryAdd(Key(primary.Metric, variant.Key), Rates(experiment, primary.Metric, variant));
    }

    /// <summary>Whether harm is shown at this level; what a decision between looks turns on.</summary>
    public bool ShowsHarm(Metric metric, MetricArmMoments control, MetricArmMoments treatment, Effect effect, double alpha, double tunedFor) =>
        WhyNot(metric, control, treatment, effect) is null && HarmPValue(metric, control, treatment, effect, alpha, tunedFor) <= alpha;

    /// <param name="metric">A primary.</param>
    /// <param name="control">The control's moments.</param>
    /// <param name="treatment">The treatment's.</param>
    /// <param name="effect">The comparison as one look would estimate it.</param>
    /// <param name="alpha">One-sided, of each of the two bounds, over all times.</param>
    /// <param name="tunedFor">N* of the two arms together.</param>
    /// <returns>Bounds and p-value; without them, and with a reason, where no bound may act yet.</returns>
    public HybridFinding Of(Metric metric, MetricArmMoments control, MetricArmMoments treatment, Effect effect, double alpha, double tunedFor)
    {
        var isExact = IsExact(metric, effect);
        var finding = new HybridFinding { Method = isExact ? Exact : Asymptotic, HarmAlpha = alpha, Units = Units(control, treatment), TunedFor = tunedFor };
        if (WhyNot(metric, control, treatment, effect) is { } why) return finding with { WhyNot = why };
        return finding with
        {
            Always = isExact ? ExactInterval(metric, control, treatment, alpha) : Around(effect, finding.Units, alpha, tunedFor),
            HarmPValue = HarmPValue(metric, control, treatment, effect, alpha, tunedFor),
        };
    }

    private static Interval Around(Effect effect, long units, double alpha, double tunedFor)
    {
        var half = AsymptoticConfidenceSequence.Critical(units, alpha, tunedFor, Alternative.Less) * effect.StandardError!.Value;
        return new Interval(effect.Difference!.Value - half, effect.Difference.Value + half);
    }

    private Interval ExactInterval(Metric metric, MetricArmMoments control, MetricArmMoments treatment, double alpha)
    {
        var limits = _rates[Key(metric, treatment.Variant)].Limits;
        Proportion c = new(control.Successes, control.Units), t = new(treatment.Successes, treatment.Units);
        return new Interval(limits.LowerLimit(c, t, alpha), limits.UpperLimit(c, t, alpha));
    }

    private double HarmPValue(Metric metric, MetricArmMoments control, MetricArmMoments treatment, Effect effect, double alpha, double tunedFor) => IsExact(metric, effect)
        ? _rates[Key(metric, treatment.Variant)].Harm.Of(new(control.Successes, control.Units), new(treatment.Successes, treatment.Units)).PValue
        : AsymptoticConfidenceSequence.Around(effect.Difference!.Value, effect.StandardError!.Value, Units(control, treatment), alpha, tunedFor, Harm(metric)).PValue;

    /// <summary>Why no bound acts yet; null when they do.</summary>
    private static string? WhyNot(Metric metric, MetricArmMoments control, MetricArmMoments treatment, Effect effect)
    {
        if (!effect.IsEstimated || effect.Difference is null) return effect.Reason ?? "the difference could not be estimated";
        if (Math.Min(control.Units, treatment.Units) < GuardrailSequences.FewestUnits) return $"no bound acts before {GuardrailSequences.FewestUnits} units in each arm";
        if (metric.Type == MetricType.Proportion)
        {
            long successes = control.Successes + treatment.Successes, failures = Units(control, treatment) - successes;
            if (Math.Min(successes, failures) < GuardrailSequences.FewestEvents) return $"no bound acts before {GuardrailSequences.FewestEvents} events and as many units without";
        }
        return IsExact(metric, effect) || effect.StandardError > 0 ? null : "the difference has no standard error";
    }

    // An adjusted difference is no function of four counts any more.
    private static bool IsExact(Metric metric, Effect effect) => metric.Type == MetricType.Proportion && effect.Method is ProportionEffect.Method or ProportionEffect.ExactMethod;

    private static Alternative Harm(Metric metric) => metric.Better == Direction.Higher ? Alternative.Less : Alternative.Greater;

    private static long Units(MetricArmMoments control, MetricArmMoments treatment) => control.Units + treatment.Units;

    private static string Key(Metric metric, string variant) => metric.Name + "\n" + variant;

    private static (RateDifferenceSequence, BernoulliEProcess) Rates(Experiment experiment, Metric metric, Variant variant)
    {
        var plan = experiment.Plan;
        var baseline = plan.Baseline is > 0 and < 1 and { } declared ? declared : UnknownBaseline;
        var effect = PlannedSize.MinimumEffectOf(plan, baseline) is > 0 and < 1 and { } minimum ? minimum : UnknownEffect;
        var share = variant.Weight > 0 && experiment.Control.Weight > 0 ? variant.Weight / (variant.Weight + experiment.Control.Weight) : 0.5;
        return (new(baseline, effect, share), new(baseline, effect, share, Harm(metric)));
    }
}
