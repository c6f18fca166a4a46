using Assay.Events;
using Assay.Experiments;

namespace Assay.Analysis;

/// <summary>The prior of a primary: the declared one, else one that says little, and says that it does.</summary>
internal static class BayesianPriors
{
    public const string EachArm = "each-arm", Difference = "difference";

    // So many minimum effects away from nothing is still believable.
    private const double MinimumEffects = 10;

    public static BayesianPrior Of(Experiment experiment, Metric metric, MetricArmMoments[] arms)
    {
        if (experiment.Plan.Bayesian!.Priors.TryGetValue(metric.Name, out var declared)) return Declared(declared);
        if (metric.Type == MetricType.Proportion)
            return new() { Kind = "beta", Of = EachArm, Alpha = 1, Beta = 1, IsDeclared = false, Text = "beta(1, 1) of each arm's share, every share alike, worth two units: none was declared" };
        var (spread, source) = Spread(experiment, arms);
        return new() { Kind = "normal", Of = Difference, Mean = 0, Sd = spread, IsDeclared = false, Text = $"normal(0, {Numbers.Value(spread)}) of the difference, {source}: none was declared" };
    }

    private static BayesianPrior Declared(Prior prior) => prior.Kind == PriorKind.Beta
        ? new() { Kind = "beta", Of = EachArm, Alpha = prior.First, Beta = prior.Second, IsDeclared = true, Text = $"beta({Numbers.Value(prior.First)}, {Numbers.Value(prior.Second)}) of each arm's share, as declared" }
        : new()
        {
            Kind = "normal",
            Of = prior.Kind == PriorKind.Value ? EachArm : Difference,
            Mean = prior.First,
            Sd = prior.Second,
            IsDeclared = true,
            Text = $"normal({Numbers.Value(prior.First)}, {Numbers.Value(prior.Second)}) of {(prior.Kind == PriorKind.Value ? "each arm's mean" : "the difference")}, as declared",
        };

    /// <summary>As wide as one unit's values spread: a mean hardly ever moves so far.</summary>
    private static (double Spread, string Source) Spread(Experiment experiment, MetricArmMoments[] arms)
    {
        if (experiment.Plan.StandardDeviation is { } sd) return (sd, "the plan's sd of one unit");
        if (PlannedSize.MinimumEffectOf(experiment.Plan, null) is { } minimum and > 0) return (MinimumEffects * minimum, "ten minimum effects");
        long units = arms.Sum(a => Math.Max(0, a.Units - 1));
        var pooled = units > 0 ? arms.Sum(a => Math.Max(0, a.Units - 1) * (double.IsFinite(a.Variance) ? Math.Max(0, a.Variance) : 0)) / units : 0;
        return pooled > 0 ? (Math.Sqrt(pooled), "the spread of one unit in these data, since the plan says neither sd nor minimumEffect") : (1, "one unit, since the plan says neither sd nor minimumEffect and the data have no spread");
    }
}
