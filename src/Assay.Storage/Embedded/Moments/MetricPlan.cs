using System.Collections.Immutable;
using Assay.Experiments;

namespace Assay.Storage;

/// <summary>A metric and the components that it is made of.</summary>
/// <param name="Index">Position in the experiment; names the columns of its moments.</param>
/// <param name="Metric">The metric in its role.</param>
/// <param name="Value">Its values, or its numerator.</param>
/// <param name="Denominator">Only of a ratio.</param>
internal sealed record MetricPlan(int Index, ExperimentMetric Metric, Component Value, Component? Denominator)
{
    public MetricType Type => Metric.Metric.Type;
    public bool CountsMissingAsZero => Metric.Metric.Missing == MissingRule.Zero;

    /// <summary>Plans every metric of an experiment; components that several metrics need appear once.</summary>
    public static ImmutableArray<MetricPlan> For(Experiment experiment, Func<MetricSource, EventTable> tableOf)
    {
        var components = new List<Component>();
        return [.. experiment.Metrics.Select((m, i) =>
            new MetricPlan(i, m, Plan(m.Metric, m.Metric.Source), m.Metric.Denominator is { } d ? Plan(m.Metric, d) : null))];

        Component Plan(Metric metric, MetricSource source)
        {
            var component = new Component(components.Count, tableOf(source), source, metric.Window,
                IsEvents: metric.Type == MetricType.Quantile, RefusesNegative: metric.Type == MetricType.Count);
            if (components.Find(c => c with { Index = component.Index } == component) is { } known) return known;
            components.Add(component);
            return component;
        }
    }

    public static IEnumerable<Component> Components(IEnumerable<MetricPlan> plans) =>
        plans.SelectMany(p => p.Denominator is null ? [p.Value] : new[] { p.Value, p.Denominator }).DistinctBy(c => c.Index);
}
