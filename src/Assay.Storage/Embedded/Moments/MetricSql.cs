using Assay.Experiments;

namespace Assay.Storage;

/// <summary>
/// The columns of one metric over one row per unit: <c>m</c> (window closed), <c>a</c> (has a row), <c>y</c> (its value, NULL when the unit
/// does not enter), <c>z</c> (a ratio's denominator), <c>b</c> (rows refused), <c>n</c> (kept out because an amount is unknown).
/// </summary>
internal static class MetricSql
{
    public static IEnumerable<string> Columns(MetricPlan plan, MomentsContext context)
    {
        var i = plan.Index;
        yield return $"{context.Matured(plan.Metric.Metric.Window)} AS m{i}";
        if (plan.Value.IsEvents) yield break;
        var parts = plan.Denominator is null ? [plan.Value] : new[] { plan.Value, plan.Denominator };
        var answered = $"({string.Join(" OR ", parts.Select(c => $"{c.X} IS NOT NULL"))})";
        var unknown = string.Concat(parts.Where(c => c.HasUnknown).Select(c => $" AND NOT coalesce({c.Unknown}, FALSE)"));
        var enters = $"{context.Matured(plan.Metric.Metric.Window)}{unknown}{(plan.CountsMissingAsZero ? "" : $" AND {answered}")}";
        var bad = string.Concat(parts.Where(c => context.Invalid.Contains(c.Index)).Select(c => $" + coalesce({c.Bad}, 0)"));
        var value = $"coalesce({plan.Value.X}, 0)";
        yield return $"{answered} AS a{i}";
        yield return $"0{bad} AS b{i}";
        yield return $"0{string.Concat(parts.Where(c => c.CountsLate).Select(c => $" + coalesce({c.Late}, 0)"))} AS l{i}";
        yield return $"{(unknown.Length == 0 ? "FALSE" : $"NOT (TRUE{unknown})")} AS n{i}";
        yield return $"CASE WHEN {enters} THEN {(plan.Type == MetricType.Proportion ? $"({value} <> 0)::INTEGER::DOUBLE" : value)} END AS y{i}";
        if (plan.Denominator is { } denominator) yield return $"CASE WHEN {enters} THEN coalesce({denominator.X}, 0) END AS z{i}";
    }

    /// <summary>One row per unit with the columns of every plan, as a subquery.</summary>
    public static string Units(IReadOnlyCollection<MetricPlan> plans, MomentsContext context)
    {
        var segments = string.Concat(context.Experiment.Segments.Select((_, i) => $", s{i}"));
        var stratum = context.Strata is null ? "" : ", stratum";
        var columns = plans.SelectMany(plan => Columns(plan, context));
        return $"SELECT u, v, crossed, first_us{segments}{stratum}, {string.Join(", ", columns)} FROM {UnitValues.Name} WHERE {context.AfterBurnIn}";
    }

    /// <summary>The aggregates over units, in the order in which <see cref="MetricRow"/> reads them.</summary>
    public static IEnumerable<string> Aggregates(MetricPlan plan, MetricCaps caps)
    {
        var i = plan.Index;
        yield return $"count(*) FILTER (m{i})";
        yield return $"count(*) FILTER (NOT m{i})";
        if (plan.Value.IsEvents) yield break;
        var y = Capped($"y{i}", caps.Value);
        yield return $"count(*) FILTER (m{i} AND a{i})";
        yield return $"sum(b{i})";
        yield return $"count(*) FILTER (m{i} AND n{i})";
        yield return $"sum(l{i})";
        yield return $"count(y{i})";
        yield return $"count(*) FILTER (y{i} <> 0)";
        if (plan.Type == MetricType.Proportion) yield break;
        yield return $"avg({y})";
        yield return $"var_samp({y})";
        if (plan.Denominator is null) yield break;
        var z = Capped($"z{i}", caps.Denominator);
        yield return $"avg({z})";
        yield return $"var_samp({z})";
        yield return $"covar_samp({y}, {z})";
        yield return $"count(*) FILTER (z{i} <> 0)";
    }

    // LEAST passes over NULL, and a unit that does not enter must not come in at the cap.
    public static string Capped(string column, double? cap) =>
        cap is { } value ? $"CASE WHEN {column} > {Literal(value)} THEN {Literal(value)} ELSE {column} END" : column;

    private static string Literal(double value) => $"{value.ToString("R", System.Globalization.CultureInfo.InvariantCulture)}::DOUBLE";
}
