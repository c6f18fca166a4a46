using System.Collections.Immutable;
using Assay.Events;
using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Analysis;

/// <summary>Puts the Bayesian view beside every primary row, where the plan asks for it.</summary>
internal static class BayesianRows
{
    public static ImmutableArray<MetricRow> Add(Experiment experiment, ImmutableArray<MetricRow> rows, IReadOnlyDictionary<string, MetricMoments> moments, RowBuilder builder)
    {
        if (experiment.Plan.Bayesian is null) return rows;
        var views = experiment.MetricsOf(MetricRole.Primary).ToDictionary(m => m.Metric.Name, m => Of(experiment, m.Metric, moments[m.Metric.Name], builder));
        return [.. rows.Select(row => row.Role == "primary" ? row with { Bayesian = views[row.Metric][row.Treatment.Variant] } : row)];
    }

    public static IEnumerable<ReportWarning> Warnings(Experiment experiment)
    {
        if (experiment.Plan.Bayesian is not null) yield return new("bayesian-no-guarantee", BayesianWarning.Text + " The verdict does not use these numbers.");
    }

    /// <summary>By treatment.</summary>
    private static IReadOnlyDictionary<string, BayesianRow> Of(Experiment experiment, Metric metric, MetricMoments moments, RowBuilder builder)
    {
        MetricArmMoments[] arms = [.. experiment.Variants.Select(v => RowBuilder.Arm(moments.Arms, v.Key))];
        if (metric.Type is MetricType.Ratio or MetricType.Quantile)
            return Nothing(null, $"there is no Bayesian comparison of a {Words.TypeOf(metric.Type)} here: its likelihood is not known");
        var prior = BayesianPriors.Of(experiment, metric, arms);
        if (arms.Select(a => ArmCheck.WhyNot(a, $"'{a.Variant}'")).FirstOrDefault(why => why is not null) is { } why) return Nothing(prior, why);
        return prior switch
        {
            { Kind: "beta" } => Shares(experiment, metric, arms, prior),
            { Of: BayesianPriors.EachArm } => Values(experiment, metric, arms, prior, Nothing),
            _ => Effects(experiment, metric, moments, arms, prior, builder, Nothing),
        };

        IReadOnlyDictionary<string, BayesianRow> Nothing(BayesianPrior? prior, string why) => experiment.Variants.Skip(1).ToDictionary(v => v.Key, _ => new BayesianRow { Prior = prior, Status = RowStatus.NotEstimable, Reason = why });
    }

    private static Dictionary<string, BayesianRow> Shares(Experiment experiment, Metric metric, MetricArmMoments[] arms, BayesianPrior prior)
    {
        // The smallest share is best where the largest share of failures is.
        var isHigher = metric.Better == Direction.Higher;
        Proportion[] shares = [.. arms.Select(a => new Proportion(isHigher ? a.Successes : a.Units - a.Successes, a.Units))];
        var belief = isHigher ? new BetaPosterior(prior.Alpha!.Value, prior.Beta!.Value) : new BetaPosterior(prior.Beta!.Value, prior.Alpha!.Value);
        var best = BetaBinomial.Best(shares, belief);
        var variants = Variants(experiment, best.Select(b => (b.ProbabilityBest, b.ExpectedLoss)));
        return experiment.Variants.Skip(1).Select((v, i) => (v.Key, Compared: BetaBinomial.Compare(shares[0], shares[i + 1], belief, experiment.Plan.Alpha)))
            .ToDictionary(x => x.Key, x => Row(experiment, metric, prior, variants, x.Compared.ProbabilityTreatmentBetter, x.Compared.Difference, x.Compared.Interval));
    }

    private static IReadOnlyDictionary<string, BayesianRow> Values(
        Experiment experiment, Metric metric, MetricArmMoments[] arms, BayesianPrior prior, Func<BayesianPrior, string, IReadOnlyDictionary<string, BayesianRow>> nothing)
    {
        var sign = Sign(metric);
        MeanEstimate[] means = [.. arms.Select(a => new MeanEstimate(sign * a.Mean, Math.Sqrt(a.Variance / a.Units)))];
        var posterior = NormalArms.OfValues(means, new NormalPrior(sign * prior.Mean!.Value, prior.Sd!.Value * prior.Sd.Value));
        if (!posterior.IsEstimable) return nothing(prior, posterior.Reason!);
        var all = posterior.Value;
        return Rows(experiment, metric, prior, all, k => (all[k].Mean - all[0].Mean, double.Hypot(all[k].StandardDeviation, all[0].StandardDeviation)));
    }

    private static IReadOnlyDictionary<string, BayesianRow> Effects(
        Experiment experiment, Metric metric, MetricMoments moments, MetricArmMoments[] arms, BayesianPrior prior, RowBuilder builder, Func<BayesianPrior, string, IReadOnlyDictionary<string, BayesianRow>> nothing)
    {
        var sign = Sign(metric);
        Effect[] effects = [.. experiment.Variants.Skip(1).Select(v => builder.EstimateOnce(metric, moments, v.Key, experiment.Plan.Alpha))];
        if (effects.FirstOrDefault(e => e is not { IsEstimated: true, Difference: not null, StandardError: > 0 }) is { } missing) return nothing(prior, missing.Reason ?? "a difference has no standard error");
        MeanEstimate[] differences = [.. effects.Select(e => new MeanEstimate(sign * e.Difference!.Value, e.StandardError!.Value))];
        // What the differences share is the control's mean; a covariate takes off its variance what it takes off theirs.
        var left = 1 - effects.Max(e => Math.Clamp(e.VarianceReduction ?? 0, 0, 1));
        var shared = Math.Min(left * arms[0].Variance / arms[0].Units, 0.999 * differences.Min(d => d.StandardError * d.StandardError));
        var posterior = NormalArms.OfEffects(shared, differences, new NormalPrior(sign * prior.Mean!.Value, prior.Sd!.Value * prior.Sd.Value));
        return posterior.IsEstimable ? Rows(experiment, metric, prior, posterior.Value, k => (posterior.Value[k].Mean, posterior.Value[k].StandardDeviation)) : nothing(prior, posterior.Reason!);
    }

    private static Dictionary<string, BayesianRow> Rows(Experiment experiment, Metric metric, BayesianPrior prior, IReadOnlyList<BestNormal> all, Func<int, (double Mean, double Deviation)> difference)
    {
        var variants = Variants(experiment, all.Select(b => (b.ProbabilityBest, b.ExpectedLoss)));
        var critical = StandardNormal.Critical(experiment.Plan.Alpha);
        return Enumerable.Range(1, all.Count - 1).ToDictionary(k => experiment.Variants[k].Key, k =>
        {
            var (mean, deviation) = difference(k);
            return Row(experiment, metric, prior, variants, StandardNormal.Cdf(mean / deviation), mean, new Interval(mean - critical * deviation, mean + critical * deviation));
        });
    }

    private static BayesianRow Row(Experiment experiment, Metric metric, BayesianPrior prior, ImmutableArray<BayesianVariant> variants, double better, double difference, Interval interval) => new()
    {
        Prior = prior,
        ProbabilityBetter = better,
        Difference = Sign(metric) * difference,
        Interval = metric.Better == Direction.Higher ? ReportInterval.Of(interval.Low, interval.High) : ReportInterval.Of(-interval.High, -interval.Low),
        IntervalLevel = 1 - experiment.Plan.Alpha,
        Variants = variants,
        Status = RowStatus.Estimated,
    };

    private static ImmutableArray<BayesianVariant> Variants(Experiment experiment, IEnumerable<(double Best, double Loss)> arms) =>
        [.. experiment.Variants.Zip(arms, (v, arm) => new BayesianVariant(v.Key, arm.Best, Math.Max(0, arm.Loss)))];

    private static double Sign(Metric metric) => metric.Better == Direction.Higher ? 1 : -1;
}
