using System.Collections.Immutable;
using Assay.Events;
using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Analysis;

/// <summary>Makes the row of one metric × treatment.</summary>
internal sealed class RowBuilder(Experiment experiment, ImmutableArray<ArmUnits> arms, double quantileZ)
{
    private readonly long _crossedControl = arms[0].Crossed;

    public Effect Estimate(Metric metric, MetricMoments moments, string variant, double alpha) =>
        EffectEstimator.Estimate(metric, Arm(moments.Arms, experiment.Control.Key), Arm(moments.Arms, variant), alpha, quantileZ);

    public MetricRow Row(ExperimentMetric declared, MetricMoments moments, string variant, Effect effect, double alpha, double? minimumEffect)
    {
        var metric = declared.Metric;
        MetricArmMoments control = Arm(moments.Arms, experiment.Control.Key), treatment = Arm(moments.Arms, variant);
        var crossed = _crossedControl + arms.First(a => a.Variant == variant).Crossed;
        return new MetricRow
        {
            Metric = metric.Name,
            Role = Words.RoleOf(declared.Role),
            Unit = metric.ShownUnit,
            Better = metric.Better == Direction.Higher ? "higher" : "lower",
            Control = new ArmValue(effect.ControlValue, UnitsOf(metric, control)),
            Treatment = new TreatmentValue(variant, effect.TreatmentValue, UnitsOf(metric, treatment)),
            Difference = effect.IsEstimated ? effect.Difference : null,
            Interval = Convert(effect.Interval),
            RelativeDifference = effect.RelativeDifference,
            RelativeInterval = Convert(effect.RelativeInterval),
            IntervalLevel = effect.IsEstimated ? 1 - alpha : null,
            IntervalKind = effect.IsEstimated ? Analysis.IntervalKind.Fixed : null,
            PValue = effect.PValue,
            Practical = PracticalOf(metric, moments, variant, effect, minimumEffect),
            Method = effect.Method,
            MethodArguments = effect.Arguments,
            Answered = Answered(moments.Arms, variant),
            Immature = control.Immature + treatment.Immature,
            Crossed = crossed,
            Status = effect.IsEstimated ? RowStatus.Estimated : RowStatus.NotEstimable,
            Reason = effect.Reason,
            Type = Words.TypeOf(metric.Type),
            Label = Words.LabelOf(metric),
            MinimumEffect = minimumEffect,
            IntentionToTreat = crossed > 0 ? IntentionToTreat(metric, moments, variant, alpha) : null,
            Components = effect.Components,
        };
    }

    /// <summary>The interval with good turned upwards.</summary>
    public static TurnedInterval? Turned(Metric metric, Interval? interval) => interval is not { } i ? null
        : metric.Better == Direction.Higher ? new TurnedInterval(i.Low, i.High) : new TurnedInterval(-i.High, -i.Low);

    public static MetricArmMoments Arm(ImmutableArray<MetricArmMoments> arms, string variant) =>
        arms.FirstOrDefault(a => a.Variant == variant) ?? new MetricArmMoments { Variant = variant, Units = 0, Matured = 0, Answered = 0 };

    /// <summary>Judged at the plan's alpha: a claim of sameness must hold for every comparison at once and needs no sharing.</summary>
    public TurnedInterval? Equivalence(Metric metric, MetricMoments moments, string variant) =>
        experiment.Plan.Alpha < 0.5 ? Turned(metric, EffectEstimator.IntervalOf(
            metric, Arm(moments.Arms, experiment.Control.Key), Arm(moments.Arms, variant), 2 * experiment.Plan.Alpha, quantileZ)) : null;

    private Practical PracticalOf(Metric metric, MetricMoments moments, string variant, Effect effect, double? minimumEffect)
    {
        if (Turned(metric, effect.Interval) is not { } interval) return Practical.Undecided;
        var delta = minimumEffect ?? 0;
        if (delta > 0 && Equivalence(metric, moments, variant) is { } narrow && narrow.Low > -delta && narrow.High < delta) return Practical.Equivalent;
        if (interval.Low > 0 && interval.Low >= delta) return Practical.Better;
        return interval.High < 0 && interval.High <= -delta ? Practical.Worse : Practical.Undecided;
    }

    private IntentionToTreatRow IntentionToTreat(Metric metric, MetricMoments moments, string variant, double alpha)
    {
        var effect = EffectEstimator.Estimate(
            metric, Arm(moments.IntentionToTreat, experiment.Control.Key), Arm(moments.IntentionToTreat, variant), alpha, quantileZ);
        return new IntentionToTreatRow(effect.IsEstimated ? effect.Difference : null, Convert(effect.Interval));
    }

    private OrderedDictionary<string, double?> Answered(ImmutableArray<MetricArmMoments> moments, string variant)
    {
        var shares = new OrderedDictionary<string, double?>();
        foreach (var key in new[] { experiment.Control.Key, variant })
            shares.Add(key, Arm(moments, key) is { Matured: > 0, Answered: >= 0 } arm ? (double)arm.Answered / arm.Matured : null);
        return shares;
    }

    private static long UnitsOf(Metric metric, MetricArmMoments arm) => metric.Type == MetricType.Quantile ? arm.Quantile?.Units ?? 0 : arm.Units;

    private static ReportInterval? Convert(Interval? interval) => interval is { } i ? ReportInterval.Of(i.Low, i.High) : null;
}
