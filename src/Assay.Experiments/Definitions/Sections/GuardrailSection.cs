using System.Collections.Immutable;

namespace Assay.Experiments.Reading;

/// <summary>The list <c>guardrails</c>: limits, as against the metrics that have the role.</summary>
internal static class GuardrailSection
{
    private static readonly Dictionary<string, string> Methods = Same("sequential", "fixed");
    private static readonly Dictionary<string, string> Caches = Same("warm", "cold");

    public static ImmutableArray<Guardrail> Read(Section experiment, DefinitionContext context)
    {
        var guardrails = ImmutableArray.CreateBuilder<Guardrail>();
        foreach (var (node, path) in experiment.List("guardrails"))
        {
            if (Section.Of(node, path, experiment.Source) is not { } item) continue;
            var name = item.RequiredText("metric") ?? "";
            var metric = name.Length == 0 ? null : context.Resolve(name, item.Source, item.LineOf("metric"), item.PathOf("metric"));
            double? Limit(string key) => metric?.Type == MetricType.Proportion
                ? item.Number(key, n => n is >= -1 and <= 1, "a share in [0, 1] for a proportion, not a percentage")
                : item.Number(key);
            double? Ratio(string key) => item.Number(key, n => n > 0, "a positive factor, such as 1.5");
            var guardrail = new Guardrail
            {
                Metric = name,
                Max = Limit("max"),
                Min = Limit("min"),
                MaxChange = Limit("maxChange"),
                MinChange = Limit("minChange"),
                MaxRelativeToControl = Ratio("maxRelativeToControl"),
                MinRelativeToControl = Ratio("minRelativeToControl"),
                Window = item.Duration("window"),
                Consecutive = item.Integer("consecutive", 1) ?? 1,
                Action = item.OneOf("action", Names.Actions) ?? GuardrailAction.Alert,
                Method = Choice(item, "method", Methods),
                MinimumUnits = item.Integer("minimumUnits", 0),
                Cache = Choice(item, "cache", Caches),
            };
            item.Later("limitFrom");
            item.Finish();
            if (!guardrail.HasLimit && name.Length > 0)
                item.Source.Warning("guardrail-limit", item.Line, path, $"the guardrail on '{name}' has no limit: it can only warn", Source.Choosing + "guardrails");
            if (guardrail is { Method: "sequential", MaxChange: not null } or { Method: "sequential", MinChange: not null } or { Method: "sequential", MaxRelativeToControl: not null } or { Method: "sequential", MinRelativeToControl: not null }
                && metric?.Type == MetricType.Quantile)
                item.Source.Warning("guardrail-waits", item.LineOf("method"), item.PathOf("method"),
                    $"changes and ratios of a quantile have no bound that may be looked at all the time: the limit on '{name}' acts at registered looks and the planned end only", "max and min act at every report");
            if (guardrail.Max < guardrail.Min || guardrail.MaxChange < guardrail.MinChange || guardrail.MaxRelativeToControl < guardrail.MinRelativeToControl)
                item.Error("out-of-range", "max", $"the limits of '{name}' exclude everything");
            guardrails.Add(guardrail);
        }
        return guardrails.ToImmutable();
    }

    private static string? Choice(Section item, string key, Dictionary<string, string> values)
    {
        var text = item.Text(key);
        if (text is null || values.ContainsKey(text)) return text;
        item.Error("unknown-value", key, $"'{text}' is not a {key}; there are {string.Join(", ", values.Keys)}", Suggestions.Hint(text, values.Keys));
        return null;
    }

    private static Dictionary<string, string> Same(params string[] names) => names.ToDictionary(n => n, StringComparer.Ordinal);
}
