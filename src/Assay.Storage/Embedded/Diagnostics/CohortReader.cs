using System.Collections.Immutable;
using System.Globalization;
using Assay.Events;
using Assay.Experiments;

namespace Assay.Storage;

/// <summary>
/// A metric by day since exposure, on the units that were observed on all the days: each unit's rows of each day are reduced as the metric
/// reduces them, then days to means, and units to the slope over their days.
/// </summary>
internal static class CohortReader
{
    private const int FewestDays = 3, MostDays = 14;
    private const string Cells = "assay_cohort_cells";

    public static (ImmutableArray<CohortArm> Arms, string? Why) Read(MetricPlan plan, MomentsContext context)
    {
        if (plan.Metric.Metric.Window is { To: { } to } && to < TimeSpan.FromDays(FewestDays))
            return ([], $"the metric's window closes {to.TotalHours.ToString("0.##", CultureInfo.InvariantCulture)} hours after exposure, so there are no days to compare");
        var most = plan.Metric.Metric.Window is { To: { } end } ? Math.Min(MostDays, (int)end.TotalDays) : MostDays;
        if (Days(context, most) is not { } days) return ([], $"fewer than half of the units were observed for {FewestDays} days");
        CreateCells(plan, days, context);
        var arms = Arms(plan, days, context);
        // Silence that the metric reads as zero is still silence: without rows after the first day nothing was followed.
        long first = arms.Sum(a => a.Days[0].Active), later = arms.Sum(a => a.Days.Skip(1).Max(d => d.Active));
        if (later < 0.01 * Math.Max(first, 1)) return ([], "hardly a unit is seen after the day of its first exposure");
        return (arms, null);
    }

    private static string Cohort(int days, MomentsContext context) =>
        $"NOT crossed AND first_us + {MomentsContext.Number(days * ArrivalReader.DayMicros)} <= {MomentsContext.Number(context.AsOfMicros)}";

    /// <summary>The most days that half of the units were observed on; null when that is too few.</summary>
    private static int? Days(MomentsContext context, int most)
    {
        using var result = context.Connection.Query($"""
            SELECT least(({MomentsContext.Number(context.AsOfMicros)} - first_us) // {MomentsContext.Number(ArrivalReader.DayMicros)}, {most}) AS d, count(*)
            FROM {UnitTable.Name} WHERE NOT crossed GROUP BY d ORDER BY d DESC
            """, context.CancellationToken);
        var observed = result.Rows().Select(r => (Days: (int)r.GetInt64(0), Units: r.GetInt64(1))).ToList();
        long all = observed.Sum(o => o.Units), units = 0;
        foreach (var (days, count) in observed)
        {
            units += count;
            if (2 * units >= all) return days >= FewestDays ? days : null;
        }
        return null;
    }

    private static void CreateCells(MetricPlan plan, int days, MomentsContext context)
    {
        var values = new SqlParameters();
        var number = plan.Type == MetricType.Proportion ? "(n.x <> 0)::INTEGER::DOUBLE" : "n.x";
        var cells = plan.Denominator is { } denominator
            ? $"SELECT u, d, coalesce(n.v, m.v) AS v, coalesce(n.x, 0) AS num, coalesce(m.x, 0) AS den FROM ({Values(plan.Value, days, context, values)}) n FULL JOIN ({Values(denominator, days, context, values)}) m USING (u, d)"
            : $"SELECT u, d, v, {number} AS num, 1.0 AS den FROM ({Values(plan.Value, days, context, values)}) n";
        values.Execute(context.Connection, $"CREATE OR REPLACE TEMP TABLE {Cells} AS {cells}", context.CancellationToken);
    }

    private static string Values(Component component, int days, MomentsContext context, SqlParameters values)
    {
        var filter = RowSql.Filter(component, context, values);
        return $"""
            SELECT u, d, v, x FROM (
                SELECT u, any_value(v) AS v, (age // {MomentsContext.Number(ArrivalReader.DayMicros)})::INTEGER AS d,
                    {RowSql.Reduce(component, filter, context.Invalid.Contains(component.Index))} AS x
                FROM ({UnitValues.Rows(context, component.Table, [component], values)})
                WHERE {Cohort(days, context)} AND age < {MomentsContext.Number(days * ArrivalReader.DayMicros)}
                GROUP BY u, d) WHERE x IS NOT NULL
            """;
    }

    private static ImmutableArray<CohortArm> Arms(MetricPlan plan, int days, MomentsContext context)
    {
        // Where missing counts as zero the units without a row are at 0, else they are no part of the day.
        var isZero = plan.CountsMissingAsZero && plan.Denominator is null;
        string value = isZero ? "sum(num) / n" : "sum(num) / nullif(sum(den), 0)", scale = isZero ? "1.0" : "sum(den) / n";
        var absent = isZero ? "+ (n - count(*)) * any_value(r) * any_value(r)" : "";
        var slopeMean = isZero ? "(SELECT sum(w * r) FROM days d WHERE d.v = s.v)" : "0";
        var slopeAbsent = isZero ? $"+ (n - count(*)) * {slopeMean} * {slopeMean}" : "";
        using var result = context.Connection.Query($"""
            WITH sizes AS (SELECT v, count(*) AS n FROM {UnitTable.Name} WHERE {Cohort(days, context)} GROUP BY v),
            grid AS (SELECT v, n, d::INTEGER AS d, (d - {Number((days - 1) / 2.0)}) * {Number(12.0 / (days * ((double)days * days - 1)))} AS w FROM sizes, range({days}) t(d)),
            raw AS (SELECT v, d, {value} AS r, {scale} AS m FROM {Cells} JOIN sizes USING (v) GROUP BY v, d, n),
            days AS (SELECT v, d, n, w, {(isZero ? "coalesce(r, 0)" : "r")} AS r, m FROM grid LEFT JOIN raw USING (v, d)),
            pulls AS (SELECT c.u, c.v, c.d, n, w, r, (num - r * den) / m AS pull, num FROM {Cells} c JOIN days USING (v, d)),
            spread AS (SELECT v, d, count(*) AS active, (sum(pull * pull) {absent}) / nullif(n - 1, 0) / n AS variance FROM pulls GROUP BY v, d, n),
            slopes AS (SELECT u, v, n, sum(w * {(isZero ? "num" : "pull")}) AS slope FROM pulls GROUP BY u, v, n),
            error AS (SELECT v, (sum((slope - {slopeMean}) ^ 2) {slopeAbsent}) / nullif(n - 1, 0) / n AS slope_variance FROM slopes s GROUP BY v, n)
            SELECT v, d, n, r, variance, active, slope_variance FROM days LEFT JOIN spread USING (v, d) LEFT JOIN error USING (v) ORDER BY v, d
            """, context.CancellationToken);
        var rows = result.Rows().Select(r => (
            Arm: (int)r.GetInt64(0), Units: r.GetInt64(2), SlopeVariance: r.GetNullableDouble(6) ?? 0,
            Day: new CohortDay(r.GetNullableDouble(3), Math.Sqrt(r.GetNullableDouble(4) ?? 0), r.GetNullableInt64(5) ?? 0))).ToLookup(r => r.Arm);
        return [.. context.Experiment.Variants.Select((variant, v) => rows.Contains(v)
            ? new CohortArm(variant.Key, rows[v].First().Units, [.. rows[v].Select(r => r.Day)], Math.Sqrt(rows[v].First().SlopeVariance))
            : new CohortArm(variant.Key, 0, [.. Enumerable.Repeat(new CohortDay(null, 0, 0), days)], 0))];
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture) + "::DOUBLE";
}
