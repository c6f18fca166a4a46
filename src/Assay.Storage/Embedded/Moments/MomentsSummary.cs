using System.Collections.Immutable;
using Assay.Events;
using Assay.Experiments;

namespace Assay.Storage;

/// <summary>From units and their values to the result: arms, metrics, segments.</summary>
internal static class MomentsSummary
{
    public static ExperimentMoments Read(MomentsContext context, DateTimeOffset? dataUntil)
    {
        var arms = Arms(UnitGroup.All, context);
        var hasCrossed = arms.Values.Any(a => a.Crossed > 0);
        var caps = CapReader.Read(context);
        context.Strata = StratumTable.Create(context);
        return new ExperimentMoments(
            dataUntil,
            ArmsOf(arms, null, context),
            CoarserReader.Attach(SkewnessReader.Attach(Metrics(context.Plans, UnitGroup.Main, UnitGroup.All, null, hasCrossed, caps, context)[""], caps, context), context.CoarserId, caps, context),
            [.. context.Experiment.Segments.SelectMany((segment, i) => Segments(segment, i, hasCrossed, caps, context))])
        {
            Units = context.Query.UnitsOf is { } metric ? UnitValueReader.Read(metric, caps, context) : [],
        };
    }

    private static IEnumerable<SegmentMoments> Segments(
        Segment segment, int index, bool hasCrossed, Dictionary<int, MetricCaps> caps, MomentsContext context)
    {
        var arms = Arms(UnitGroup.All.By(index), context);
        var plans = context.Plans.Where(p => p.Metric.Role == MetricRole.Primary).ToImmutableArray();
        var segments = arms.Keys.Select(k => k.Segment).Distinct().OrderBy(s => s is null).ThenBy(s => s, StringComparer.Ordinal).ToList();
        var metrics = Metrics(plans, UnitGroup.Main.By(index), UnitGroup.All.By(index), segments, hasCrossed, caps, context);
        return segments.Select(value => new SegmentMoments(segment.Attribute, value, ArmsOf(arms, value, context), metrics[Name(value)]));
    }

    private static Dictionary<string, ImmutableArray<MetricMoments>> Metrics(
        ImmutableArray<MetricPlan> plans, UnitGroup main, UnitGroup all, List<string?>? segments, bool hasCrossed,
        Dictionary<int, MetricCaps> caps, MomentsContext context)
    {
        var kept = GroupMoments.Read(plans, main, caps, context);
        var everyone = hasCrossed ? GroupMoments.Read(plans, all, caps, context) : kept;
        return (segments ?? [null]).ToDictionary(s => segments is null ? "" : Name(s), s => plans.Select(plan =>
        {
            var cap = caps.GetValueOrDefault(plan.Index);
            return new MetricMoments(plan.Metric.Metric.Name, kept.Arms(plan, s, context), everyone.Arms(plan, s, context), cap.Value, cap.Denominator);
        }).ToImmutableArray());
    }

    private static Dictionary<GroupKey, ArmUnits> Arms(UnitGroup group, MomentsContext context)
    {
        using var result = context.Connection.Query(
            $"SELECT v, {group.SegmentValue}, count(*), count(*) FILTER (crossed) FROM {UnitTable.Name} GROUP BY ALL", context.CancellationToken);
        return result.Rows().ToDictionary(
            r => new GroupKey((int)r.GetInt64(0), r.GetNullableString(1)),
            r => new ArmUnits(context.Experiment.Variants[(int)r.GetInt64(0)].Key, r.GetInt64(2), r.GetInt64(3)));
    }

    private static ImmutableArray<ArmUnits> ArmsOf(Dictionary<GroupKey, ArmUnits> arms, string? segment, MomentsContext context) =>
        [.. context.Experiment.Variants.Select((variant, v) => arms.GetValueOrDefault(new GroupKey(v, segment)) ?? new ArmUnits(variant.Key, 0, 0))];

    // A dictionary takes no null key, and a value that is empty text is another than none.
    private static string Name(string? segment) => segment is null ? "\0" : segment;
}
