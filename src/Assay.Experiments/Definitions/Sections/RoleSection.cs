using System.Collections.Immutable;

namespace Assay.Experiments.Reading;

/// <summary>The key <c>metrics</c> of an experiment: which metric has which role.</summary>
internal static class RoleSection
{
    public static ImmutableArray<ExperimentMetric> Read(Section experiment, ImmutableArray<Guardrail> guardrails, AnalysisPlan plan, UnitKind unit, DefinitionContext context)
    {
        var found = new List<ExperimentMetric>();
        var roles = experiment.Map("metrics");
        if (roles is not null)
        {
            Take(roles, "primary", MetricRole.Primary);
            Take(roles, "guardrails", MetricRole.Guardrail);
            Take(roles, "secondary", MetricRole.Secondary);
            roles.Finish();
        }
        if (roles is null || !roles.Has("primary"))
            experiment.Warning("no-primary", "metrics", "without a primary metric there can be no verdict", Source.Choosing + "which-metrics");
        // A rule on a metric that was not named, or only as secondary, makes it a guardrail: verdicts must see it once, in its stronger role.
        foreach (var name in guardrails.Select(g => g.Metric).Distinct(StringComparer.Ordinal))
        {
            var index = found.FindIndex(m => m.Metric.Name == name);
            if (index < 0 && context.Resolve(name) is { } metric) found.Add(new ExperimentMetric(metric, MetricRole.Guardrail));
            else if (index >= 0 && found[index].Role == MetricRole.Secondary) found[index] = found[index] with { Role = MetricRole.Guardrail };
        }
        var withRules = guardrails.Where(g => g.HasLimit).Select(g => g.Metric).ToHashSet(StringComparer.Ordinal);
        foreach (var metric in found.Where(m => m.Role == MetricRole.Guardrail).Select(m => m.Metric.Name))
            if (!withRules.Contains(metric) && !guardrails.Any(g => g.Metric == metric))
                roles!.Warning("guardrail-limit", "guardrails", $"the guardrail metric '{metric}' has no limit under guardrails: it can only warn", Source.Choosing + "guardrails");
        return [.. found.Select(m => WithWindow(m)).OrderBy(m => m.Role)];

        void Take(Section section, string key, MetricRole role)
        {
            foreach (var (node, path) in section.List(key, orOne: true))
            {
                if (Section.Text(node, path, section.Source) is not { } name) continue;
                if (context.Resolve(name, section.Source, node.Line, path) is not { } metric) continue;
                if (found.Find(m => m.Metric.Name == name) is { } first)
                    section.Source.Error("duplicate-metric", node.Line, path, $"the metric '{name}' is already {first.Role.ToString().ToLowerInvariant()}");
                else found.Add(new ExperimentMetric(metric, role));
            }
        }

        // Silence is 0 only after closing. What comes of a conversation is known when it has fallen idle; other units need a window of their own.
        ExperimentMetric WithWindow(ExperimentMetric m)
        {
            if (m.Metric.Window is not null || m.Metric.Source.Column is not null || (plan.Looks.IsEmpty && m.Metric.IsMeasuredAtOnce)) return m;
            if (unit == UnitKind.Conversation) return m with { Metric = m.Metric with { Window = new MetricWindow(TimeSpan.Zero, null, MetricWindow.DefaultIdle) } };
            if (m.Role == MetricRole.Primary && !plan.Looks.IsEmpty)
                roles!.Error("window-missing", "primary", $"'{m.Metric.Name}' has no window, so units would enter interim looks before their outcome is known", "give it window: { to: 7d }, or leave out looks");
            else if (m.Role == MetricRole.Primary)
                roles!.Warning("window-missing", "primary", $"'{m.Metric.Name}' has no window, so nobody knows when a unit's outcome is complete: a live experiment is judged only after it is stopped", "give it window: { to: 7d }");
            return m;
        }
    }
}
