namespace Assay.Experiments.Reading;

/// <summary>The document <c>metrics</c>, and the metrics of <c>data</c>.</summary>
internal static class MetricSection
{
    public static void ReadAll(Section section, DefinitionContext context)
    {
        foreach (var entry in section.Entries)
        {
            var name = entry.Key;
            if (name.StartsWith("x-", StringComparison.Ordinal)) continue;
            if (context.Metrics.ContainsKey(name))
            {
                section.Error("duplicate-metric", name, $"the metric '{name}' is defined twice");
                continue;
            }
            context.Broken.Add("metric " + name);
            if (section.Take(name) is null) section.Error("wrong-type", name, $"the metric '{name}' is empty");
            else if (section.Map(name) is { } item && Read(item, name, null, isData: false) is { } metric) context.Metrics[name] = metric;
        }
    }

    /// <summary>Reads one metric.</summary>
    /// <param name="item">Its mapping.</param>
    /// <param name="name">Its key.</param>
    /// <param name="inherited">A definition whose type and direction hold unless said otherwise (a data document that only names a column).</param>
    /// <param name="isData">True in a data document, where a column stands for an event.</param>
    public static Metric? Read(Section item, string name, Metric? inherited, bool isData)
    {
        var type = item.OneOf("type", Names.MetricTypes) ?? inherited?.Type;
        if (type is null && !item.Has("type")) item.Missing("type", "one of " + string.Join(", ", Names.MetricTypes.Keys));
        var better = item.OneOf("better", Names.Directions) ?? inherited?.Better;
        if (better is null && !isData) item.Source.Warning("better-missing", item.Line, item.PathOf("better"), $"{item.Path} does not say which way is better; higher is taken");
        var missing = item.OneOf("missing", Names.MissingRules);
        var quantile = item.Number("quantile", n => n is > 0 and < 1, "a share in (0, 1), for example 0.95");
        var cap = Cap(item);
        var window = Window(item);
        var displayUnit = item.Text("displayUnit");

        var isRatio = type == MetricType.Ratio;
        MetricSource? source, denominator = null;
        if (isRatio && (item.Has("numerator") || !isData))
        {
            source = Part(item, "numerator");
            denominator = Part(item, "denominator");
        }
        else source = Source(item, type ?? MetricType.Mean, isData ? inherited?.Source : null, isData);
        if (!isRatio) Refuse(item, "numerator", "denominator", "only a ratio has it");
        if (type is not null and not MetricType.Quantile) Refuse(item, "quantile", null, "only a quantile has it");
        else if (type == MetricType.Quantile && quantile is null && !item.Has("quantile") && inherited?.Quantile is null) item.Missing("quantile", "for example 0.95");
        if (type is MetricType.Proportion or MetricType.Quantile) Refuse(item, "cap", null, "binary values and quantiles are never capped");
        item.Finish();
        if (type is null || source is null || (isRatio && denominator is null && !isData)) return null;
        var metric = new Metric
        {
            Name = name,
            Type = type.Value,
            Better = better ?? Direction.Higher,
            Source = source,
            Denominator = denominator ?? (isRatio ? inherited?.Denominator : null),
            Quantile = type == MetricType.Quantile ? quantile ?? inherited?.Quantile : null,
            CapPercentile = cap ?? inherited?.CapPercentile,
            Missing = missing ?? inherited?.Missing ?? (type is MetricType.Proportion or MetricType.Count ? MissingRule.Zero : MissingRule.Exclude),
            Window = window ?? inherited?.Window,
            DisplayUnit = displayUnit ?? inherited?.DisplayUnit,
        };
        // A stored definition spells built-in metrics out: they stay built-in as long as they say the same.
        return metric with { IsBuiltIn = BuiltInMetrics.Find(name) is { } b && b with { IsBuiltIn = false, Window = metric.Window } == metric };
    }

    private static MetricSource? Part(Section item, string key)
    {
        if (!item.Has(key)) item.Missing(key, "{ event: …, value: … }");
        if (item.Map(key) is not { } part) return null;
        var source = Source(part, MetricType.Ratio, null, isData: false);
        part.Finish();
        return source;
    }

    private static MetricSource? Source(Section item, MetricType type, MetricSource? inherited, bool isData)
    {
        var column = item.Text("column");
        var name = item.Text("event") ?? inherited?.Event;
        var value = item.Text("value") ?? inherited?.Value;
        var aggregate = item.OneOf("aggregate", Names.Aggregates) ?? inherited?.Aggregate;
        var where = item.Text("where") ?? inherited?.Where;
        CheckCondition(item, "where", where);
        if (name is null && column is null)
        {
            item.Missing(isData ? "column" : "event", isData ? "the column that holds the unit's value" : "an event type (generation, score, label) or an outcome's metric");
            return null;
        }
        var whole = type switch
        {
            MetricType.Proportion => AggregateKind.Any,
            MetricType.Count when value is null => AggregateKind.Count,
            MetricType.Count => AggregateKind.Sum,
            // A generation has no plain value to add up: without one, generations are counted.
            MetricType.Ratio when value is null && name == "generation" => AggregateKind.Count,
            MetricType.Ratio => AggregateKind.Sum,
            _ => AggregateKind.Mean,
        };
        return new MetricSource(name ?? column!, value ?? "value", aggregate ?? whole, where, column);
    }

    public static void CheckCondition(Section item, string key, string? text)
    {
        if (text is null) return;
        var parsed = AudienceCondition.Parse(text);
        if (parsed.Condition is null)
            item.Error("condition", key, $"the condition does not parse at column {parsed.Column}: {parsed.Problem}", "the language is described in docs/concepts/audience.md");
    }

    private static double? Cap(Section item)
    {
        if (item.Map("cap") is not { } cap) return null;
        var percentile = cap.Number("percentile", n => n is > 0 and < 1, "a share in (0, 1), for example 0.99");
        if (!cap.Has("percentile")) cap.Missing("percentile");
        cap.Finish();
        return percentile;
    }

    private static MetricWindow? Window(Section item)
    {
        if (item.Map("window") is not { } window) return null;
        var from = window.Duration("from") ?? TimeSpan.Zero;
        var to = window.Duration("to");
        var idle = window.Duration("idle") ?? MetricWindow.DefaultIdle;
        window.Finish();
        if (to <= from) window.Error("out-of-range", "to", "a window must end after it starts");
        return new MetricWindow(from, to, idle);
    }

    private static void Refuse(Section item, string key, string? other, string why)
    {
        foreach (var k in other is null ? [key] : new[] { key, other })
            if (item.Has(k)) item.Error("key-not-for-type", k, $"{k} does not belong here: {why}");
    }
}
