using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Assay.Events;
using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Analysis;

/// <summary>Makes the row of one metric × treatment.</summary>
internal sealed class RowBuilder(Experiment experiment, ImmutableArray<ArmUnits> arms, double quantileZ, Stage stage)
{
    private readonly long _crossedControl = arms[0].Crossed;

    /// <summary>At the stage of the experiment: alpha is kept over all looks.</summary>
    public Effect Estimate(Metric metric, MetricMoments moments, string variant, double alpha) => Estimate(metric, moments.Arms, variant, alpha);

    /// <summary>A comparison that the look at hand tests: its p-value is the alpha at which its boundary would be reached.</summary>
    public Comparison Tested(Comparison c, double? z) => c with { Effect = c.Effect with { PValue = SequentialPValue(z) } };

    /// <summary>What the bounds of a hybrid plan say of a comparison, at so much alpha on either side.</summary>
    public HybridFinding Hybrid(Comparison c, Effect once, double alpha)
    {
        MetricArmMoments control = Arm(c.Moments.Arms, experiment.Control.Key), treatment = Arm(c.Moments.Arms, c.Variant);
        return stage.Plan.HybridBounds.Of(c.Metric, control, treatment, once, alpha, stage.TunedFor(c.Variant)) with { MayAct = stage.IsComplete };
    }

    /// <summary>As if this were the only look: what tests and claims of sameness at the end are made of.</summary>
    public Effect EstimateOnce(Metric metric, MetricMoments moments, string variant, double alpha) =>
        EffectEstimator.Estimate(metric, Arm(moments.Arms, experiment.Control.Key), Arm(moments.Arms, variant), alpha, quantileZ);

    /// <summary>Of a statistic at the look at hand.</summary>
    private double? SequentialPValue(double? z) => z is not { } value ? null
        : !experiment.Plan.Boundaries.IsEmpty ? DeclaredPValue.Of(experiment.Plan, stage.Looks, stage.Plan.Fractions, value) : Statistics.SequentialPValue.Of(
        [.. stage.Looks.Select(l => l.Fraction)], PlannedDesign.Spending(experiment.Plan.Spending, experiment.Plan.SpendingParameter), value, stage.IsLast);

    private Effect Estimate(Metric metric, ImmutableArray<MetricArmMoments> moments, string variant, double alpha)
    {
        MetricArmMoments control = Arm(moments, experiment.Control.Key), treatment = Arm(moments, variant);
        var level = stage.Level(alpha, variant, UnitsOf(metric, control) + UnitsOf(metric, treatment));
        return StageEffect.Of(EffectEstimator.Estimate(metric, control, treatment, level.Nominal, quantileZ), metric, control, treatment, stage, level, variant);
    }

    public Comparison Compare(ExperimentMetric declared, MetricMoments moments, string variant, double alpha)
    {
        var effect = Estimate(declared.Metric, moments, variant, alpha);
        var minimum = declared.Role == MetricRole.Primary ? PlannedSize.MinimumEffectOf(experiment.Plan, effect.ControlValue) : null;
        return new Comparison(declared, moments, variant, effect) { Alpha = alpha, Kind = stage.Kind, MinimumEffect = minimum };
    }

    public MetricRow Row(Comparison comparison)
    {
        var (metric, moments, variant, effect) = (comparison.Metric, comparison.Moments, comparison.Variant, comparison.Effect);
        MetricArmMoments control = Arm(moments.Arms, experiment.Control.Key), treatment = Arm(moments.Arms, variant);
        var permutation = Permutation(comparison, control, treatment);
        var crossed = _crossedControl + arms.First(a => a.Variant == variant).Crossed;
        return new MetricRow
        {
            Metric = metric.Name,
            Role = Words.RoleOf(comparison.Declared.Role),
            Unit = metric.ShownUnit,
            Better = metric.Better == Direction.Higher ? "higher" : "lower",
            Control = new ArmValue(effect.ControlValue, UnitsOf(metric, control)),
            Treatment = new TreatmentValue(variant, effect.TreatmentValue, UnitsOf(metric, treatment)),
            Difference = effect.IsEstimated ? effect.Difference : null,
            ObservedDifference = comparison.ObservedDifference,
            UnadjustedDifference = effect.UnadjustedDifference,
            VarianceReduction = effect.VarianceReduction,
            NotAdjusted = NotAdjusted(metric, effect),
            Interval = Convert(effect.Interval),
            RelativeDifference = effect.RelativeDifference,
            RelativeInterval = Convert(effect.RelativeInterval),
            IntervalLevel = effect.IsEstimated ? 1 - LevelOf(comparison) : null,
            IntervalKind = effect.IsEstimated ? comparison.Kind : null,
            PValue = effect.PValue,
            AdjustedPValue = comparison.AdjustedPValue,
            Adjustment = comparison.AdjustedPValue is null ? null : comparison.Adjustment,
            PermutationPValue = PermutationPValue(comparison, permutation),
            Practical = PracticalOf(comparison),
            Method = effect.Method,
            MethodArgumentsIfAsked = () => ArgumentsOf(comparison, permutation),
            Answered = Answered(moments.Arms, variant),
            Immature = control.Immature + treatment.Immature,
            Crossed = crossed,
            Status = effect.IsEstimated ? RowStatus.Estimated : RowStatus.NotEstimable,
            Reason = effect.Reason,
            Type = Words.TypeOf(metric.Type),
            Label = Words.LabelOf(metric),
            MinimumEffect = comparison.MinimumEffect,
            IntentionToTreat = crossed > 0 ? IntentionToTreat(metric, moments, variant, comparison.Alpha) : null,
            Components = effect.Components,
            Estimand = Words.EstimandOf(metric, experiment.Unit),
            Clustered = Clustered(comparison, control, treatment),
        };
    }

    // Beside an estimate that an earlier look has settled, today's clusters would say something else.
    private static PermutationResult? Permutation(Comparison c, MetricArmMoments control, MetricArmMoments treatment) =>
        c.Effect is { IsEstimated: true, Method: ClusterEffect.Method } && c.Kind is IntervalKind.Fixed or IntervalKind.Repeated ? ClusterEffect.Permutation(c.Metric, control, treatment) : null;

    private double? PermutationPValue(Comparison c, PermutationResult? permutation) => permutation is not { PValue: var p } ? null
        : c.Kind == IntervalKind.Fixed ? p : SequentialPValue(p >= 1 ? 0 : StandardNormal.Critical(p));

    private ClusteredRow? Clustered(Comparison c, MetricArmMoments control, MetricArmMoments treatment)
    {
        if (c.Declared.Role != MetricRole.Primary || c.Moments.Coarser.FirstOrDefault(x => x.Variant == c.Variant) is not { } clusters) return null;
        // The level of the headline; what an early stop has settled is held against the clusters of today at the level of one look.
        var kind = c.Kind == IntervalKind.StageWise ? IntervalKind.Fixed : c.Kind;
        var level = kind == stage.Kind ? stage.Level(c.Alpha, c.Variant, UnitsOf(c.Metric, control) + UnitsOf(c.Metric, treatment)) : new StageLevel(c.Alpha, c.Alpha, StandardNormal.Critical(c.Alpha));
        return ClusteredRows.Of(clusters, c.Effect.Interval, level, c.Kind, experiment.Plan.Alpha);
    }

    /// <summary>The interval with good turned upwards.</summary>
    public static TurnedInterval? Turned(Metric metric, Interval? interval) => interval is not { } i ? null
        : metric.Better == Direction.Higher ? new TurnedInterval(i.Low, i.High) : new TurnedInterval(-i.High, -i.Low);

    public static MetricArmMoments Arm(ImmutableArray<MetricArmMoments> arms, string variant) =>
        arms.FirstOrDefault(a => a.Variant == variant) ?? new MetricArmMoments { Variant = variant, Units = 0, Matured = 0, Answered = 0 };

    /// <summary>Judged at the plan's alpha: a claim of sameness must hold for every comparison at once and needs no sharing. Only at the end, and there once.</summary>
    public TurnedInterval? Equivalence(Metric metric, MetricMoments moments, string variant) =>
        stage.IsLast && experiment.Plan.Alpha < 0.5 ? Turned(metric, EffectEstimator.IntervalOf(
            metric, Arm(moments.Arms, experiment.Control.Key), Arm(moments.Arms, variant), 2 * experiment.Plan.Alpha, quantileZ)) : null;

    private double LevelOf(Comparison c) => c.Hybrid is { } hybrid ? hybrid.IntervalAlpha : stage.Kind == IntervalKind.Repeated || c.Kind == IntervalKind.StageWise
        ? stage.Plan.Boundary(c.Looks.IsEmpty ? stage.Looks : c.Looks, c.Alpha).Level : c.Alpha;

    private JsonObject ArgumentsOf(Comparison c, PermutationResult? permutation)
    {
        var isStratified = c.Effect.Method is StratifiedEffect.Method or StratifiedEffect.RatioMethod;
        if (c is { Look: null, Hybrid: null, DunnettArguments: null } && permutation is null && !isStratified) return c.Effect.Arguments;
        var arguments = (JsonObject)c.Effect.Arguments.DeepClone();
        if (isStratified) arguments["attributes"] = new JsonArray([.. experiment.Plan.Strata.Select(s => (JsonNode)s)]);
        if (permutation is not null) arguments["permutation"] = ClusterEffect.Describe(permutation);
        if (c.Look is not null) arguments["look"] = LookArguments.Of(c, stage.Plan);
        if (c.DunnettArguments is { } dunnett) arguments["dunnett"] = dunnett();
        if (c.Hybrid is { } hybrid) arguments["hybrid"] = hybrid.ToJson(c.Effect.Method);
        return arguments;
    }

    /// <summary>Why a row of a plan with covariates or strata is as observed.</summary>
    private string? NotAdjusted(Metric metric, Effect effect)
    {
        var (hasCovariates, hasStrata) = (!experiment.Plan.Covariates.IsEmpty, !experiment.Plan.Strata.IsEmpty);
        if ((!hasCovariates && !hasStrata) || !effect.IsEstimated || effect.VarianceReduction is not null) return null;
        if (metric.Type == MetricType.Quantile) return "quantiles are not adjusted";
        return effect.NotAdjusted ?? (hasCovariates ? "no unit has a value of the covariates" : "no unit is in a stratum");
    }

    private Practical PracticalOf(Comparison c)
    {
        if (Turned(c.Metric, c.Effect.Interval) is not { } interval) return Practical.Undecided;
        var delta = c.MinimumEffect ?? 0;
        if (delta > 0 && Equivalence(c.Metric, c.Moments, c.Variant) is { } narrow && narrow.Low > -delta && narrow.High < delta) return Practical.Equivalent;
        if (interval.Low > 0 && interval.Low >= delta) return Practical.Better;
        return interval.High < 0 && interval.High <= -delta ? Practical.Worse : Practical.Undecided;
    }

    private IntentionToTreatRow IntentionToTreat(Metric metric, MetricMoments moments, string variant, double alpha)
    {
        var effect = Estimate(metric, moments.IntentionToTreat, variant, alpha);
        return new IntentionToTreatRow(effect.IsEstimated ? effect.Difference : null, Convert(effect.Interval), effect.Method);
    }

    private OrderedDictionary<string, double?> Answered(ImmutableArray<MetricArmMoments> moments, string variant)
    {
        var shares = new OrderedDictionary<string, double?>();
        foreach (var key in new[] { experiment.Control.Key, variant })
            shares.Add(key, Arm(moments, key) is { Matured: > 0, Answered: >= 0 } arm ? (double)arm.Answered / arm.Matured : null);
        return shares;
    }

    private static long UnitsOf(Metric metric, MetricArmMoments arm) => Stage.UnitsOf(metric, arm);

    private static ReportInterval? Convert(Interval? interval) => interval is { } i ? ReportInterval.Of(i.Low, i.High) : null;
}
