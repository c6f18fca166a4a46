using System.Collections.Immutable;
using System.Globalization;
using Assay.Experiments;

namespace Assay.Analysis;

/// <summary>What is true in a simulation: the plan's baseline and effect, and of what the plan does not say, something plain that is said.</summary>
internal static class SimulatedTruth
{
    // Of guardrails nobody has to declare a value: well inside the limit, and a spread as wide as latencies have.
    private const double InsideLimit = 0.8, PlainShare = 0.05, PlainSpread = 0.5;

    /// <exception cref="ArgumentException">Something that only the plan or the caller can say is missing; the message names it.</exception>
    public static (SimulatedMetric[] Metrics, ImmutableArray<Assumption> Assumptions) Of(Experiment experiment, SimulatedCells cells, SimulationOptions options)
    {
        var metrics = new List<SimulatedMetric>();
        var assumptions = ImmutableArray.CreateBuilder<Assumption>();
        foreach (var given in options.Given)
            if (experiment.Metrics.All(m => m.Metric.Name != given.Metric)) throw new ArgumentException($"there is no metric '{given.Metric}' that is simulated to assume something of");
        foreach (var given in options.SecondaryEffects)
            if (given.Metric is { } name && experiment.MetricsOf(MetricRole.Secondary).All(m => m.Metric.Name != name)) throw new ArgumentException($"there is no secondary metric '{name}' to have an effect");
        // A metric of two roles is one set of values.
        foreach (var declared in experiment.Metrics.DistinctBy(m => m.Metric.Name))
        {
            var assumption = options.Given.FirstOrDefault(g => g.Metric == declared.Metric.Name) is { } given ? Filled(given, declared, experiment)
                : declared.Role == MetricRole.Primary ? Planned(declared, experiment) : Assumed(declared, experiment);
            double[][] values = [.. experiment.Variants.Select((_, i) => cells.All.Select(cell => assumption.Value + (i == 0 ? 0 : Effect(experiment, declared, cell, options))).ToArray())];
            Check(declared.Metric, values, assumption, options);
            assumptions.Add(assumption);
            metrics.Add(new SimulatedMetric(declared.Metric, declared.Role, values, assumption.StandardDeviation ?? 0, options.IsSkewed));
        }
        return ([.. metrics], assumptions.ToImmutable());
    }

    /// <summary>The true difference to the control of a secondary, positive is good.</summary>
    public static double SecondaryEffect(string metric, SimulationOptions options) =>
        (options.SecondaryEffects.LastOrDefault(e => e.Metric == metric) ?? options.SecondaryEffects.LastOrDefault(e => e.Metric is null))?.Effect ?? 0;

    private static double Effect(Experiment experiment, ExperimentMetric declared, SimulatedCell cell, SimulationOptions options)
    {
        var good = declared.Role == MetricRole.Primary ? cell.Effect
            : experiment.Metrics.Any(m => m.Role == MetricRole.Secondary && m.Metric.Name == declared.Metric.Name) ? SecondaryEffect(declared.Metric.Name, options) : 0;
        return declared.Metric.Better == Direction.Higher ? good : -good;
    }

    private static Assumption Planned(ExperimentMetric declared, Experiment experiment)
    {
        var (metric, plan) = (declared.Metric, experiment.Plan);
        var isFirst = experiment.MetricsOf(MetricRole.Primary).First().Metric.Name == metric.Name;
        if (metric.Type == MetricType.Proportion)
            return new(metric.Name, (isFirst || plan.Baseline is not null ? plan.Baseline : null) ?? throw Missing(metric, "plan.baseline", "its share in the control"), null, "plan");
        if (metric.Type is MetricType.Mean or MetricType.Count && plan.StandardDeviation is { } sd)
            return new(metric.Name, plan.Baseline ?? (metric.Type == MetricType.Count ? sd : 0), sd, "plan");
        throw Missing(metric, "a mean and a standard deviation", "what one unit is like");
    }

    private static Assumption Assumed(ExperimentMetric declared, Experiment experiment)
    {
        var metric = declared.Metric;
        var limit = experiment.Guardrails.Where(g => g.Metric == metric.Name).Select(g => g.Max * InsideLimit ?? g.Min / InsideLimit).FirstOrDefault(v => v is not null);
        if (metric.Type == MetricType.Proportion)
        {
            var lowest = experiment.Guardrails.FirstOrDefault(g => g.Metric == metric.Name)?.Min;
            return new(metric.Name, lowest is { } min ? min + (1 - min) / 2 : limit ?? PlainShare, null, "assumed");
        }
        var value = limit is { } inside && inside != 0 ? inside : 1;
        return new(metric.Name, value, Math.Abs(value) * PlainSpread, "assumed");
    }

    private static Assumption Filled(Assumption given, ExperimentMetric declared, Experiment experiment) => given with
    {
        StandardDeviation = declared.Metric.Type == MetricType.Proportion ? null
            : given.StandardDeviation ?? (declared.Role == MetricRole.Primary ? experiment.Plan.StandardDeviation : null) ?? Math.Abs(given.Value) * PlainSpread,
    };

    private static void Check(Metric metric, double[][] values, Assumption assumption, SimulationOptions options)
    {
        if (metric.Type == MetricType.Quantile && values.Any(v => v.Distinct().Skip(1).Any()))
            throw new ArgumentException($"{metric.Name} is a quantile: what it is over segments of different effects cannot be said; leave their effects out");
        foreach (var value in values.SelectMany(v => v))
        {
            if (metric.Type == MetricType.Proportion && value is not (>= 0 and <= 1))
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"the effect leads {metric.Name} to {value}, which is no share"));
            if ((metric.Type is MetricType.Quantile or MetricType.Ratio || (options.IsSkewed && metric.Type != MetricType.Proportion)) && !(value > 0))
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{metric.Name} is drawn from a log-normal distribution, so it must be above 0 in every arm, not {value}: give plan.baseline, or --assume {metric.Name}=VALUE:SD"));
        }
        if (metric.Type != MetricType.Proportion && !(assumption.StandardDeviation > 0))
            throw new ArgumentException($"{metric.Name} needs a standard deviation above 0: --assume {metric.Name}=VALUE:SD");
    }

    private static ArgumentException Missing(Metric metric, string key, string what) =>
        new($"{metric.Name}: {key} is missing, {what}; write it into the plan, or give --assume {metric.Name}=VALUE{(metric.Type == MetricType.Proportion ? "" : ":SD")}");
}
