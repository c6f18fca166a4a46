using System.Collections.Immutable;

namespace Assay.Experiments.Reading;

/// <summary>The document <c>data</c>: how the columns of a recorded file are meant.</summary>
internal static class DataSection
{
    private static readonly UnitKind[] CoarserKinds = [UnitKind.Session, UnitKind.Conversation, UnitKind.User, UnitKind.Cluster];

    public static void Read(Section section, DefinitionContext context)
    {
        if (context.Data is not null)
        {
            section.Source.Error("duplicate-data", section.Line, section.Path, "there are two data documents");
            return;
        }
        var columns = Columns(section);
        var unit = section.Text("unit");
        var variant = section.Text("variant") ?? columns?.Variant;
        if (variant is null) section.Missing("variant", "the column that names the variant");
        var data = new DataMapping
        {
            Unit = unit ?? columns?.Unit,
            Variant = variant,
            Variants = Variants(section),
            Metrics = Metrics(section, context),
            Attributes = Texts(section, "attributes"),
            Covariates = Texts(section, "covariates"),
            Ids = Ids(section),
            Timestamp = Timestamp(section, columns),
            Columns = columns is null ? null : columns with { Variant = variant },
        };
        section.Finish();
        context.Data = data;
    }

    private static string? Timestamp(Section section, LongColumns? columns)
    {
        var timestamp = section.Text("timestamp");
        if (timestamp is not null && columns is not null) section.Error("timestamp-of-rows", "timestamp", "a long file's times belong to its rows", $"data: {{ columns: {{ timestamp: {timestamp} }} }}");
        return timestamp;
    }

    private static LongColumns? Columns(Section section)
    {
        if (section.Map("columns") is not { } columns) return null;
        var (unit, metric, value) = (columns.RequiredText("unit"), columns.RequiredText("metric"), columns.RequiredText("value"));
        var result = new LongColumns(unit ?? "", columns.Text("timestamp"), metric ?? "", value ?? "", columns.Text("variant"));
        columns.Finish();
        return result;
    }

    private static ImmutableSortedDictionary<UnitKind, string> Ids(Section section)
    {
        var ids = ImmutableSortedDictionary.CreateBuilder<UnitKind, string>();
        if (section.Map("ids") is not { } map) return ids.ToImmutable();
        foreach (var kind in CoarserKinds)
            if (map.Text(Names.Units.Of(kind)) is { } column) ids[kind] = column;
        map.Finish();
        return ids.ToImmutable();
    }

    private static ImmutableSortedDictionary<string, string> Variants(Section section)
    {
        var variants = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (section.Map("variants") is not { } map) return variants.ToImmutable();
        foreach (var entry in map.Entries)
            if (map.Text(entry.Key) is { } value) variants[entry.Key] = value;
        foreach (var twice in variants.GroupBy(v => v.Value, StringComparer.Ordinal).Where(g => g.Count() > 1))
            section.Error("duplicate-variant", "variants", $"the value '{twice.Key}' stands for several variants: {string.Join(", ", twice.Select(v => v.Key))}");
        return variants.ToImmutable();
    }

    private static ImmutableArray<Metric> Metrics(Section section, DefinitionContext context)
    {
        if (section.Map("metrics") is not { } map) return [];
        var metrics = ImmutableArray.CreateBuilder<Metric>();
        foreach (var name in map.Entries.Select(e => e.Key).Where(k => !k.StartsWith("x-", StringComparison.Ordinal)))
        {
            context.Broken.Add("metric " + name);
            if (map.Take(name) is null) map.Error("wrong-type", name, $"the metric '{name}' is empty", "for example { type: proportion, column: " + name + " }");
            else if (map.Map(name) is { } item && MetricSection.Read(item, name, context.Resolve(name), isData: true) is { } metric) metrics.Add(metric);
        }
        return metrics.ToImmutable();
    }

    private static ImmutableArray<string> Texts(Section section, string key) =>
        [.. section.List(key).Select(i => Section.Text(i.Node, i.Path, section.Source)).OfType<string>()];
}
