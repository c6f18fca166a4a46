using System.Collections.Immutable;

namespace Assay.Experiments.Reading;

/// <summary>The list <c>segments</c>.</summary>
internal static class SegmentSection
{
    public static ImmutableArray<Segment> Read(Section experiment)
    {
        var segments = ImmutableArray.CreateBuilder<Segment>();
        foreach (var (node, path) in experiment.List("segments"))
        {
            var segment = node is ScalarNode name ? new Segment(name.Value, NoneCritical()) : Section.Of(node, path, experiment.Source) is { } item ? One(item) : null;
            if (segment is null) continue;
            if (segments.Any(s => s.Attribute == segment.Attribute)) experiment.Source.Error("duplicate-segment", node.Line, path, $"the segment '{segment.Attribute}' stands here twice");
            segments.Add(segment);
        }
        return segments.ToImmutable();
    }

    private static Segment One(Section item)
    {
        var attribute = item.RequiredText("attribute") ?? "";
        var critical = NoneCritical().ToBuilder();
        if (item.Map("critical") is { } values)
            foreach (var entry in values.Entries)
            {
                if (values.Map(entry.Key) is not { } limit) continue;
                if (!limit.Has("maxLoss")) limit.Missing("maxLoss");
                critical[entry.Key] = limit.Number("maxLoss", n => n >= 0, "a loss, not negative") ?? 0;
                limit.Finish();
            }
        item.Finish();
        return new Segment(attribute, critical.ToImmutable());
    }

    private static ImmutableSortedDictionary<string, double> NoneCritical() => ImmutableSortedDictionary.Create<string, double>(StringComparer.Ordinal);
}
