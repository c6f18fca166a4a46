using System.Collections.Immutable;
using System.Globalization;
using Assay.Events;

namespace Assay.Storage;

/// <summary>When, and from where, the units came.</summary>
internal static class ArrivalReader
{
    private const long HourMicros = 3_600_000_000;
    public const long DayMicros = 24 * HourMicros;

    public static ImmutableArray<ArrivalCounts> Arrivals(MomentsContext context)
    {
        // Whole hours: a check that is over stays as it was, so that the running minimum never comes back up.
        using var result = context.Connection.Query(
            $"SELECT first_us // {MomentsContext.Number(HourMicros)}, v, count(*) FROM {UnitTable.Name} GROUP BY ALL ORDER BY ALL", context.CancellationToken);
        var units = new long[context.Experiment.Variants.Length];
        var checks = ImmutableArray.CreateBuilder<ArrivalCounts>();
        foreach (var hour in result.Rows().Select(r => (Hour: r.GetInt64(0), Arm: (int)r.GetInt64(1), Count: r.GetInt64(2))).GroupBy(r => r.Hour))
        {
            foreach (var (_, arm, count) in hour) units[arm] += count;
            checks.Add(new ArrivalCounts(DateTimeOffset.UnixEpoch.AddHours(hour.Key + 1), [.. units]));
        }
        return checks.ToImmutable();
    }

    /// <summary>Whether there is more than one reason among the exposures: with a single one there is nothing to compare.</summary>
    public static bool HasReasons(MomentsContext context)
    {
        var values = new SqlParameters();
        using var result = values.Query(context.Connection, $"""
            SELECT count(*) > 0 AND (min(reason) <> max(reason) OR count(reason) NOT IN (0, count(*))) FROM exposures
            WHERE experiment = {values.Add(context.Experiment.Key)} AND version = {values.Add((long)context.Query.Version)}
            """, context.CancellationToken);
        return result.Rows().First().GetNullableBoolean(0) ?? false;
    }

    /// <summary>By the reason of the unit's first exposure.</summary>
    public static ImmutableArray<SourceCounts> Reasons(MomentsContext context)
    {
        if (!context.HasReasons) return [];
        using var result = context.Connection.Query($"SELECT reason, v, count(*) FROM {UnitTable.Name} GROUP BY ALL ORDER BY ALL", context.CancellationToken);
        return Sources("reason", result.Rows().Select(r => (r.GetNullableString(0), (int)r.GetInt64(1), r.GetInt64(2))), context);
    }

    /// <summary>From counts per value and arm; empty with one value only, which says nothing that the whole does not.</summary>
    public static ImmutableArray<SourceCounts> Sources(string source, IEnumerable<(string? Value, int Arm, long Count)> counts, MomentsContext context)
    {
        ImmutableArray<SourceCounts> found = [.. counts.GroupBy(c => c.Value).Select(group => new SourceCounts(
            source, group.Key, [.. context.Experiment.Variants.Select((_, v) => group.Where(c => c.Arm == v).Sum(c => c.Count))]))];
        return found.Length < 2 ? [] : found;
    }

    /// <summary>The metrics by the units' day of entry, all in one pass: by plan, in the plans' order.</summary>
    public static ImmutableArray<ImmutableArray<EntryDay>> EntryDays(ImmutableArray<MetricPlan> plans, Dictionary<int, MetricCaps> caps, MomentsContext context)
    {
        if (plans.IsEmpty) return [];
        var group = UnitGroup.Main with { SegmentColumn = $"first_us // {MomentsContext.Number(DayMicros)}" };
        using var result = context.Connection.Query($"SELECT DISTINCT first_us // {MomentsContext.Number(DayMicros)} FROM {UnitTable.Name} WHERE {group.Filter} ORDER BY 1", context.CancellationToken);
        var days = result.Rows().Select(r => r.GetInt64(0)).ToList();
        var moments = GroupMoments.Read(plans, group, caps, context);
        return [.. plans.Select(plan => days.Select(day => new EntryDay(
            DateOnly.FromDateTime(DateTime.UnixEpoch.AddDays(day)), moments.Arms(plan, day.ToString(CultureInfo.InvariantCulture), context))).ToImmutableArray())];
    }
}
