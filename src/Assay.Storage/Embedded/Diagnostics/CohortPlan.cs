using System.Collections.Immutable;
using System.Globalization;
using Assay.Experiments;

namespace Assay.Storage;

/// <summary>A primary by day since exposure, on the units that were observed on all the days.</summary>
/// <param name="Plan">The metric.</param>
/// <param name="Days">How many days; null when there is nothing to compare.</param>
/// <param name="Why">In words, then.</param>
internal sealed record CohortPlan(MetricPlan Plan, int? Days, string? Why = null)
{
    public const int MostDays = 14;
    private const int FewestDays = 3;

    /// <summary>True when a unit's days fit into bits: a proportion is only whether a day was seen, and whether it was a hit.</summary>
    public bool IsBits => Plan is { Type: MetricType.Proportion, Denominator: null, Value.Source.Aggregate: AggregateKind.Any };

    /// <summary>True where the units without a row are at 0; else they are no part of the day.</summary>
    public bool IsZero => Plan.CountsMissingAsZero && Plan.Denominator is null;

    /// <summary>The primaries that can be followed, as far as the units were observed; after the units are complete.</summary>
    public static ImmutableArray<CohortPlan> For(MomentsContext context)
    {
        ImmutableArray<MetricPlan> plans = [.. context.Plans.Where(p => p.Metric.Role == MetricRole.Primary && !p.Value.IsEvents && p.Denominator is not { IsEvents: true })];
        if (plans.IsEmpty) return [];
        using var result = context.Connection.Query($"""
            SELECT least(({MomentsContext.Number(context.AsOfMicros)} - first_us) // {MomentsContext.Number(ArrivalReader.DayMicros)}, {MostDays}) AS d, count(*)
            FROM {UnitTable.Name} WHERE NOT crossed GROUP BY d ORDER BY d DESC
            """, context.CancellationToken);
        var observed = result.Rows().Select(r => (Days: (int)r.GetInt64(0), Units: r.GetInt64(1))).ToList();
        return [.. plans.Select(plan => For(plan, observed))];
    }

    /// <summary>The units of the cohort, over the columns of the units.</summary>
    public static string Filter(int days, MomentsContext context) =>
        $"NOT crossed AND first_us + {MomentsContext.Number(days * ArrivalReader.DayMicros)} <= {MomentsContext.Number(context.AsOfMicros)}";

    /// <summary>What a day adds to the least-squares slope over all of them.</summary>
    public static double Weight(int day, int days) => (day - (days - 1) / 2.0) * (12.0 / (days * ((double)days * days - 1)));

    private static CohortPlan For(MetricPlan plan, List<(int Days, long Units)> observed)
    {
        var window = plan.Metric.Metric.Window;
        if (window is { To: { } to } && to < TimeSpan.FromDays(FewestDays))
            return new CohortPlan(plan, null, $"the metric's window closes {to.TotalHours.ToString("0.##", CultureInfo.InvariantCulture)} hours after exposure, so there are no days to compare");
        var most = window is { To: { } end } ? Math.Min(MostDays, (int)end.TotalDays) : MostDays;
        // The most days that half of the units were observed on.
        long all = observed.Sum(o => o.Units), units = 0;
        foreach (var (days, count) in observed)
        {
            units += count;
            if (2 * units >= all && Math.Min(days, most) >= FewestDays) return new CohortPlan(plan, Math.Min(days, most));
            if (2 * units >= all) break;
        }
        return new CohortPlan(plan, null, $"fewer than half of the units were observed for {FewestDays} days");
    }
}
