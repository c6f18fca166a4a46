using System.Collections.Immutable;

namespace Assay.Experiments.Reading;

/// <summary>The key <c>plan.bayesian</c>: priors by primary, in one of three forms.</summary>
internal static class BayesianSection
{
    private const string Forms = "{ alpha: 60, beta: 40 } for a proportion; { mean: 4, sd: 0.5 } of each arm, or { effect: 0, sd: 0.2 } of the difference, for a mean or count";

    // A prior worth more units than that leaves data nothing to say.
    private const double LargestPrior = 1e12;

    public static BayesianPlan? Read(Section plan)
    {
        if (!plan.Has("bayesian"))
            return plan.Entries.Any(e => e.Key == "bayesian") ? new BayesianPlan(ImmutableSortedDictionary<string, Prior>.Empty) : null;
        if (plan.Map("bayesian") is not { } bayesian) return null;
        var priors = ImmutableSortedDictionary.CreateBuilder<string, Prior>(StringComparer.Ordinal);
        if (bayesian.Map("priors") is { } all)
            foreach (var entry in all.Entries)
                if (!entry.Key.StartsWith("x-", StringComparison.Ordinal) && One(all, entry.Key) is { } prior) priors[entry.Key] = prior;
        bayesian.Finish();
        return new BayesianPlan(priors.ToImmutable());
    }

    /// <summary>What only the primaries can tell: whose prior it is, and whether it is of the right kind.</summary>
    public static void Check(Section? plan, AnalysisPlan values, IReadOnlyCollection<Metric> primaries)
    {
        if (values.Bayesian is not { } bayesian || plan?.Map("bayesian")?.Map("priors") is not { } priors) return;
        foreach (var (name, prior) in bayesian.Priors)
        {
            if (primaries.FirstOrDefault(m => m.Name == name) is not { } metric)
                priors.Error("prior", name, $"'{name}' is no primary metric, and only primaries are looked at the Bayesian way", Suggestions.Hint(name, primaries.Select(m => m.Name)));
            else if (metric.Type is MetricType.Ratio or MetricType.Quantile)
                priors.Error("prior", name, $"there is no Bayesian comparison of a {(metric.Type == MetricType.Ratio ? "ratio" : "quantile")}", "remove the prior; the report says that it is not estimable");
            else if (metric.Type == MetricType.Proportion != (prior.Kind == PriorKind.Beta))
                priors.Error("prior", name, metric.Type == MetricType.Proportion ? $"the proportion '{name}' needs a beta prior" : $"'{name}' is no proportion and needs a normal prior", Forms);
        }
    }

    private static Prior? One(Section all, string name)
    {
        if (all.Take(name) is null)
        {
            all.Error("prior", name, $"the prior of '{name}' is empty", Forms);
            return null;
        }
        if (all.Map(name) is not { } item) return null;
        double? alpha = Positive("alpha"), beta = Positive("beta"), mean = item.Number("mean"), effect = item.Number("effect"), sd = Positive("sd");
        bool isBeta = item.Has("alpha") || item.Has("beta"), isValue = item.Has("mean"), isEffect = item.Has("effect");
        item.Finish();
        if (new[] { isBeta, isValue, isEffect }.Count(b => b) != 1 || (isBeta && item.Has("sd")))
        {
            all.Error("prior", name, $"the prior of '{name}' must have one form", Forms);
            return null;
        }
        if (isBeta && !item.Has("alpha")) item.Missing("alpha");
        if (isBeta && !item.Has("beta")) item.Missing("beta");
        if (!isBeta && !item.Has("sd")) item.Missing("sd", "how far from it the truth may well be, in the metric's unit");
        if (alpha + beta > LargestPrior) item.Error("out-of-range", "alpha", "a prior worth more than 10^12 units leaves data nothing to say");
        return isBeta ? alpha is { } a && beta is { } b ? new(PriorKind.Beta, a, b) : null
            : (mean ?? effect) is { } centre && sd is { } spread ? new(isValue ? PriorKind.Value : PriorKind.Effect, centre, spread) : null;

        double? Positive(string key) => item.Number(key, n => n > 0, "positive");
    }
}
