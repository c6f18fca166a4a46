using Assay.Analysis;
using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Cli.Stats;

/// <summary>The size that an experiment's own plan asks for, variant by variant.</summary>
internal static class ExperimentSize
{
    /// <param name="experiment">The experiment.</param>
    /// <param name="daily">Eligible units a day; null when not known.</param>
    /// <param name="pilot">Takes the place of the plan's baseline and sd for the first primary; null without.</param>
    /// <param name="others">What is known of the further primaries besides, by metric.</param>
    /// <exception cref="UsageException">The plan lacks what sizing needs; the message names the key.</exception>
    public static SizeAnswer Of(Experiment experiment, double? daily, PilotSpread? pilot, IReadOnlyDictionary<string, Assumption> others)
    {
        var primary = experiment.MetricsOf(MetricRole.Primary).FirstOrDefault()?.Metric
            ?? throw new UsageException($"{experiment.Key} has no primary metric to size by: metrics.primary");
        if (pilot is not null) experiment = experiment with { Plan = experiment.Plan with { Baseline = pilot.Baseline, StandardDeviation = pilot.StandardDeviation } };
        var plan = experiment.Plan;
        var effect = Effect(experiment, primary);
        if (PlannedSize.For(experiment, primary) is not { } first)
            throw new UsageException($"{experiment.Key}: the plan cannot be sized: the effect may lead out of [0, 1], power may not be above alpha, or a variant has no weight");
        var sizes = PrimarySizes.Of(experiment, others);
        var total = Math.Max(first, sizes?.Largest ?? 0);
        var isShare = primary.Type == MetricType.Proportion;
        var level = PlannedSize.LevelOf(experiment);
        var inflation = SizeMath.Inflation(plan, level);
        var signed = primary.Better == Direction.Higher ? effect : -effect;
        var answer = new SizeAnswer(PerVariant(experiment, total), Method(primary, plan, experiment), Finds(primary, plan, signed), Plural(experiment.Unit), plan)
        {
            Primaries = sizes,
            Warnings = sizes is { Unknown: { Length: > 0 } unknown } ? [$"nothing is known of {string.Join(", ", unknown)}, so this is not sized for {(unknown.Length == 1 ? "it" : "them")}: --assume METRIC=VALUE:SD, or --pilot FILE"] : [],
        };
        return SizeMath.Complete(answer, level, daily * experiment.Exposure, signed, isShare, EffectOf, pilot, SizeAt);

        long? SizeAt(double value) => PlannedSize.For(experiment with { Plan = isShare ? plan with { Baseline = value } : plan with { StandardDeviation = value } }, primary) is { } size ? Math.Max(size, sizes?.LargestOfOthers ?? 0) : null;

        double? EffectOf(double units)
        {
            var weights = experiment.Variants.Sum(v => v.Weight);
            double control = units * experiment.Control.Weight / weights / inflation, treatment = units * experiment.Variants.Skip(1).Min(v => v.Weight) / weights / inflation;
            if (isShare) return DetectableEffect.ForProportions(plan.Baseline!.Value, control, treatment, level, plan.Power, signed < 0) is { IsEstimable: true, Value: var found } ? found : null;
            return control + treatment > 2.5 ? DetectableEffect.ForMeans(plan.StandardDeviation!.Value, control, treatment, level, plan.Power) : null;
        }
    }

    private static double Effect(Experiment experiment, Metric primary)
    {
        var plan = experiment.Plan;
        const string Pilot = "or --pilot FILE, to take it from earlier data";
        if (plan.MinimumEffect is not { } minimum) throw new UsageException($"{experiment.Key}: plan.minimumEffect is missing: the smallest effect worth finding");
        if (primary.Type == MetricType.Proportion)
        {
            if (plan.Baseline is null) throw new UsageException($"{experiment.Key}: plan.baseline is missing: the control's share", Pilot);
        }
        else if (plan.StandardDeviation is null) throw new UsageException($"{experiment.Key}: plan.sd is missing: the standard deviation of one unit", Pilot);
        if (!minimum.IsRelative) return minimum.Value;
        return plan.Baseline is { } baseline && baseline != 0 ? minimum.Value * Math.Abs(baseline)
            : throw new UsageException($"{experiment.Key}: plan.baseline is missing: a relative minimumEffect is a fraction of it", Pilot);
    }

    // The total is the report's plannedUnits; the split follows the weights, the last variant taking what rounding leaves.
    private static List<(string, long)> PerVariant(Experiment experiment, long total)
    {
        var weights = experiment.Variants.Sum(v => v.Weight);
        var result = new List<(string, long)>();
        long given = 0;
        foreach (var variant in experiment.Variants)
        {
            var units = result.Count == experiment.Variants.Length - 1 ? total - given : (long)Math.Round(total * variant.Weight / weights);
            result.Add((variant.Key, units));
            given += units;
        }
        return result;
    }

    private static string Plural(UnitKind unit) => unit switch
    {
        UnitKind.Request => "requests",
        UnitKind.Session => "sessions",
        UnitKind.Conversation => "conversations",
        UnitKind.User => "users",
        _ => "clusters",
    };

    private static string Method(Metric primary, AnalysisPlan plan, Experiment experiment)
    {
        var test = primary.Type switch
        {
            MetricType.Proportion => "two-sided z test of two proportions",
            MetricType.Ratio => "two-sided test of two ratios by the delta method",
            MetricType.Quantile => "two-sided test of two quantiles by the spread of order statistics",
            _ => "two-sided t test of two means (noncentral t)",
        };
        if (plan.Method == PlanMethod.Hybrid) test = test.Replace("two-sided", "one-sided", StringComparison.Ordinal);
        test = $"{test}, {SizeLooks.Describe(plan)}";
        int treatments = experiment.Variants.Length - 1, family = treatments * experiment.MetricsOf(MetricRole.Primary).Count();
        return family == 1 ? test : $"{test}; each of {family} comparisons with the control at alpha / {family}";
    }

    private static string Finds(Metric primary, AnalysisPlan plan, double signed) => primary.Type == MetricType.Proportion
        ? $"a change of {primary.Name} from {Say.Percent(Math.Round(plan.Baseline!.Value, 6))} to {Say.Percent(Math.Round(plan.Baseline.Value + signed, 6))}"
        : $"a change of {primary.Name} by {Say.Number(signed)}";
}
