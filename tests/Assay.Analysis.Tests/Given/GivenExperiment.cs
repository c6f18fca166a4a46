using System.Collections.Immutable;
using Assay.Experiments;

namespace Assay.Analysis.Tests;

/// <summary>Definitions as the reader would make them.</summary>
internal static class GivenExperiment
{
    public static Experiment With(
        IEnumerable<ExperimentMetric>? metrics = null, AnalysisPlan? plan = null, IEnumerable<Guardrail>? guardrails = null,
        IEnumerable<Segment>? segments = null, double[]? weights = null)
    {
        weights ??= [0.5, 0.5];
        string[] keys = weights.Length == 2 ? ["control", "treatment"] : ["control", .. Enumerable.Range(1, weights.Length - 1).Select(i => $"b{i}")];
        return new Experiment
        {
            Key = "support-prompt",
            Unit = UnitKind.Conversation,
            Hash = HashKind.Sha256,
            Salt = "support-prompt",
            Variants = [.. keys.Select((k, i) => new Variant { Key = k, Weight = weights[i], Ranges = [] })],
            Metrics = [.. metrics ?? [Primary("resolution", "resolved")]],
            Plan = plan ?? new AnalysisPlan(),
            Guardrails = [.. guardrails ?? []],
            Segments = [.. segments ?? []],
            DefinitionHash = new string('a', 64),
        };
    }

    public static ExperimentMetric Primary(string name = "resolution", string outcome = "resolved", Direction better = Direction.Higher) =>
        new(Proportion(name, outcome, better), MetricRole.Primary);

    public static ExperimentMetric Secondary(Metric metric) => new(metric, MetricRole.Secondary);

    public static ExperimentMetric Guarding(Metric metric) => new(metric, MetricRole.Guardrail);

    public static Metric Proportion(string name, string outcome, Direction better = Direction.Higher, MissingRule missing = MissingRule.Zero) => new()
    {
        Name = name,
        Type = MetricType.Proportion,
        Better = better,
        Source = new MetricSource(outcome, "value", AggregateKind.Any),
        Missing = missing,
    };

    public static Metric Mean(string name, Direction better = Direction.Higher, string? unit = null) => new()
    {
        Name = name,
        Type = MetricType.Mean,
        Better = better,
        Source = new MetricSource(name, "value", AggregateKind.Mean),
        Missing = MissingRule.Exclude,
        DisplayUnit = unit,
    };

    public static Metric Ratio(string name) => new()
    {
        Name = name,
        Type = MetricType.Ratio,
        Better = Direction.Lower,
        Source = new MetricSource("generation", "costUsd", AggregateKind.Sum),
        Denominator = new MetricSource("resolved", "value", AggregateKind.Sum),
        Missing = MissingRule.Zero,
        DisplayUnit = "USD",
    };

    public static Metric Quantile(string name, double quantile = 0.95) => new()
    {
        Name = name,
        Type = MetricType.Quantile,
        Quantile = quantile,
        Better = Direction.Lower,
        Source = new MetricSource("generation", "latencyMs", AggregateKind.Max),
        Missing = MissingRule.Exclude,
        DisplayUnit = "ms",
    };

    public static AnalysisPlan Planned(double minimumEffect, double? baseline = null, double? sd = null, params double[] looks) => new()
    {
        MinimumEffect = new MinimumEffect(minimumEffect, false),
        Baseline = baseline,
        StandardDeviation = sd,
        Looks = [.. looks],
    };

    public static Segment Critical(string attribute, string value, double maxLoss) =>
        new(attribute, ImmutableSortedDictionary<string, double>.Empty.Add(value, maxLoss));
}
