using System.Collections.Immutable;
using System.Globalization;
using Assay.Events;
using Assay.Experiments;

namespace Assay.Storage;

/// <summary>
/// The cohort of any other metric: each unit's rows of each day are reduced as the metric reduces them to a cell, cells to the days' means,
/// and units to the slope over their days. A cell's key holds unit, arm and day, so that nothing has to be joined again.
/// </summary>
internal static class CohortCells
{
    private const string Name = "assay_cohort_cells";

    /// <summary>Above the longest cohort, and what keys are divided by.</summary>
    private const int Days = 16;

    /// <summary>The day of a row, over its age; what is beyond the cohort is one day.</summary>
    public static string Day => $"least(age // {MomentsContext.Number(ArrivalReader.DayMicros)}, {Days - 1})";

    /// <summary>Which rows make cells.</summary>
    /// <param name="component">Of the metric.</param>
    /// <param name="days">Of the cohort.</param>
    /// <param name="context">With the units.</param>
    /// <param name="values">Of the statement.</param>
    public static string Rows(Component component, int days, MomentsContext context, SqlParameters values) =>
        $"{RowSql.Valid(component, RowSql.Filter(component, context, values), context.Invalid.Contains(component.Index))} AND {CohortPlan.Filter(days, context)} AND age < {MomentsContext.Number(days * ArrivalReader.DayMicros)}";

    public static ImmutableArray<CohortArm> Read(CohortPlan cohort, int days, MomentsContext context)
    {
        Create(cohort, days, context);
        var arms = Arms(cohort, days, context);
        if (cohort.Plan.Denominator is not null) ReadSquares(arms, context);
        var slopes = Slopes(arms, context);
        return [.. context.Experiment.Variants.Select((variant, v) => arms[v].ToArm(variant.Key, slopes.GetValueOrDefault(v)))];
    }

    private static void Create(CohortPlan cohort, int days, MomentsContext context)
    {
        var cells = cohort.Plan.Denominator is { } denominator
            ? $"SELECT k, coalesce(n.x, 0) AS num, coalesce(m.x, 0) AS den FROM ({Cells(cohort.Plan.Value, days, context)}) n FULL JOIN ({Cells(denominator, days, context)}) m USING (k)"
            : $"SELECT k, {(cohort.Plan.Type == MetricType.Proportion ? "(x <> 0)::INTEGER::DOUBLE" : "x")} AS num, 1.0::DOUBLE AS den FROM ({Cells(cohort.Plan.Value, days, context)})";
        context.Connection.Execute($"CREATE OR REPLACE TEMP TABLE {Name} AS {cells}", context.CancellationToken);
    }

    private static string Cells(Component component, int days, MomentsContext context)
    {
        var variants = MomentsContext.Number(context.Experiment.Variants.Length);
        var rows = context.Rows[component.Table];
        return $"""
            SELECT k, x FROM (
                SELECT (u::BIGINT * {variants} + v) * {Days} + day AS k, {RowSql.Reduce(component, "TRUE", checks: false, rows.NumberOf(component))} AS x
                FROM {rows.Name} WHERE {rows.CellsOf(component, days)} GROUP BY k)
            WHERE x IS NOT NULL
            """;
    }

    private static CohortSums[] Arms(CohortPlan cohort, int days, MomentsContext context)
    {
        CohortSums[] arms = [.. context.Experiment.Variants.Select(_ => new CohortSums(cohort.IsZero, days))];
        using (var sizes = context.Connection.Query($"SELECT v, count(*) FROM {UnitTable.Name} WHERE {CohortPlan.Filter(days, context)} GROUP BY v", context.CancellationToken))
            foreach (var row in sizes.Rows()) arms[row.GetInt64(0)].Units = row.GetInt64(1);
        using var result = context.Connection.Query($"SELECT {Group(context)} AS g, count(*), avg(num), var_pop(num), avg(den) FROM {Name} GROUP BY g", context.CancellationToken);
        foreach (var row in result.Rows())
            arms[row.GetInt64(0) / Days].Add((int)(row.GetInt64(0) % Days), row.GetInt64(1), row.GetDouble(2), row.GetDouble(3), row.GetDouble(4));
        return arms;
    }

    /// <summary>Of a ratio: around the day's ratio, which the first pass has found.</summary>
    private static void ReadSquares(CohortSums[] arms, MomentsContext context)
    {
        if (Coefficients(arms) is not { } coefficients) return;
        using var result = context.Connection.Query($"""
            SELECT g, sum((num - r * den) ^ 2) FROM (SELECT {Group(context)} AS g, num, den FROM {Name}) JOIN ({coefficients}) USING (g) GROUP BY g
            """, context.CancellationToken);
        foreach (var row in result.Rows()) arms[row.GetInt64(0) / Days].SetSquares((int)(row.GetInt64(0) % Days), row.GetDouble(1));
    }

    private static Dictionary<int, (long Units, double Mean, double Variance)> Slopes(CohortSums[] arms, MomentsContext context)
    {
        if (Coefficients(arms) is not { } coefficients) return [];
        using var result = context.Connection.Query($"""
            SELECT unit % {MomentsContext.Number(arms.Length)} AS v, count(*), avg(slope), var_pop(slope) FROM (
                SELECT k // {Days} AS unit, sum(w * (num - r * den)) AS slope FROM (SELECT k, {Group(context)} AS g, num, den FROM {Name}) JOIN ({coefficients}) USING (g) GROUP BY unit)
            GROUP BY v
            """, context.CancellationToken);
        return result.Rows().ToDictionary(r => (int)r.GetInt64(0), r => (r.GetInt64(1), r.GetDouble(2), r.GetDouble(3)));
    }

    /// <summary>Arm and day of a cell in one number.</summary>
    private static string Group(MomentsContext context) => $"k % {MomentsContext.Number(Days * context.Experiment.Variants.Length)}";

    /// <summary>By arm and day what a cell is measured from and how much it pulls the slope; null when no day has a value.</summary>
    private static string? Coefficients(CohortSums[] arms)
    {
        var rows = arms.SelectMany((arm, v) => arm.Coefficients().Select(c => $"({v * Days + c.Day}::BIGINT, {Number(c.From)}, {Number(c.Weight)})")).ToList();
        return rows.Count == 0 ? null : $"SELECT * FROM (VALUES {string.Join(", ", rows)}) t(g, r, w)";
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture) + "::DOUBLE";
}
