using Assay.Analysis;
using Assay.Experiments;

namespace Assay.Cli.Stats;

/// <summary>The size that an experiment's own plan asks for, variant by variant.</summary>
internal static class ExperimentSize
{
    /// <exception cref="UsageException">The plan lacks what sizing needs; the message names the key.</exception>
    public static SizeAnswer Of(Experiment experiment, double? daily)
    {
        var plan = experiment.Plan;
        var primary = experiment.MetricsOf(MetricRole.Primary).FirstOrDefault()?.Metric
            ?? throw new UsageException($"{experiment.Key} has no primary metric to size by: metrics.primary");
        var effect = Effect(experiment, primary);
        if (PlannedSize.For(experiment) is not { } total)
            throw new UsageException($"{experiment.Key}: the plan cannot be sized: the effect may lead out of [0, 1], or a variant has no weight");
        var perVariant = PerVariant(experiment, total);
        var answer = new SizeAnswer(
            perVariant, Method(primary, plan, experiment.Variants.Length - 1), Finds(primary, plan, effect),
            Plural(experiment.Unit), plan, null, null, Warnings(experiment));
        return answer with { Days = SizeMath.Days(answer.Total, daily * experiment.Exposure) };
    }

    private static double Effect(Experiment experiment, Metric primary)
    {
        var plan = experiment.Plan;
        var isMean = primary.Type is MetricType.Mean or MetricType.Count;
        if (!isMean && primary.Type != MetricType.Proportion)
            throw new UsageException($"{primary.Name} is a {primary.Type} metric: only proportions and means can be sized from a definition", "assay size mean --pilot FILE --column C takes its spread from earlier data");
        if (plan.MinimumEffect is not { } minimum) throw new UsageException($"{experiment.Key}: plan.minimumEffect is missing: the smallest effect worth finding");
        if (!isMean && plan.Baseline is null) throw new UsageException($"{experiment.Key}: plan.baseline is missing: the control's share");
        if (isMean && plan.StandardDeviation is null) throw new UsageException($"{experiment.Key}: plan.sd is missing: the standard deviation of one unit");
        if (!minimum.IsRelative) return minimum.Value;
        return plan.Baseline is { } baseline && baseline != 0 ? minimum.Value * Math.Abs(baseline)
            : throw new UsageException($"{experiment.Key}: plan.baseline is missing: a relative minimumEffect is a fraction of it");
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

    private static string Method(Metric primary, AnalysisPlan plan, int treatments)
    {
        var test = primary.Type == MetricType.Proportion ? "two-sided z test of two proportions" : "two-sided t test of two means (noncentral t)";
        test = $"{test}, {SizeLooks.Describe(plan)}";
        return treatments == 1 ? test : $"{test}; each of {treatments} treatments against the control at alpha / {treatments}";
    }

    private static string Finds(Metric primary, AnalysisPlan plan, double effect)
    {
        var signed = primary.Better == Direction.Higher ? effect : -effect;
        return primary.Type == MetricType.Proportion
            ? $"a change of {primary.Name} from {Say.Percent(plan.Baseline!.Value)} to {Say.Percent(Math.Round(plan.Baseline.Value + signed, 6))}"
            : $"a change of {primary.Name} by {Say.Number(signed)}";
    }

    private static List<string> Warnings(Experiment experiment)
    {
        var warnings = new List<string>();
        if (experiment.MetricsOf(MetricRole.Primary).Count() > 1)
            warnings.Add("there are several primary metrics; this is the size for the first");
        return warnings;
    }
}
