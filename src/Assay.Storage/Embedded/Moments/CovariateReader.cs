using System.Collections.Immutable;
using System.Globalization;
using Assay.DuckDb;
using Assay.Events;
using Assay.Experiments;

namespace Assay.Storage;

/// <summary>The joint moments of the primaries and the plan's covariate.</summary>
internal static class CovariateReader
{
    public static ImmutableArray<MetricMoments> Attach(ImmutableArray<MetricMoments> metrics, IReadOnlyDictionary<int, MetricCaps> caps, MomentsContext context)
    {
        ImmutableArray<MetricPlan> plans = [.. context.Plans.Where(p => p.Metric.Role == MetricRole.Primary && !p.Value.IsEvents)];
        if (plans.IsEmpty || !CovariateTable.Create(context) || Mean(context) is not { } mean) return metrics;
        var found = new Dictionary<(int Plan, int Variant), CovariateMoments>();
        var columns = plans.SelectMany(p => Aggregates(p, caps.GetValueOrDefault(p.Index)));
        using (var result = context.Connection.Query($"""
            SELECT v, {string.Join(", ", columns)}
            FROM (SELECT t.*, coalesce(c.x, {mean.ToString("R", CultureInfo.InvariantCulture)}::DOUBLE) AS f, (c.x IS NULL)::INTEGER::DOUBLE AS g
                FROM ({MetricSql.Units(plans, context)}) t LEFT JOIN {CovariateTable.Name} c ON t.u = c.u)
            WHERE {UnitGroup.Main.Filter} GROUP BY v
            """, context.CancellationToken))
        {
            foreach (var row in result.Rows())
            {
                var column = 1;
                foreach (var plan in plans) found[(plan.Index, (int)row.GetInt64(0))] = Read(plan, row, ref column);
            }
        }
        return [.. metrics.Select((metric, i) => metric with { Arms = [.. metric.Arms.Select((arm, v) => arm with { Covariate = found.GetValueOrDefault((i, v)) })] })];
    }

    private static double? Mean(MomentsContext context)
    {
        using var result = context.Connection.Query($"SELECT avg(x) FROM {CovariateTable.Name} JOIN {UnitTable.Name} USING (u) WHERE {UnitGroup.Main.Filter}", context.CancellationToken);
        return result.Rows().First().GetNullableDouble(0);
    }

    private static IEnumerable<string> Aggregates(MetricPlan plan, MetricCaps caps)
    {
        string y = MetricSql.Capped($"y{plan.Index}", caps.Value), enters = $"FILTER (y{plan.Index} IS NOT NULL)";
        yield return $"count(*) FILTER (y{plan.Index} IS NOT NULL AND g = 1)";
        yield return $"avg(f) {enters}";
        yield return $"var_samp(f) {enters}";
        yield return $"covar_samp({y}, f) {enters}";
        yield return $"var_samp(g) {enters}";
        yield return $"covar_samp({y}, g) {enters}";
        yield return $"covar_samp(f, g) {enters}";
        if (plan.Denominator is null) yield break;
        var z = MetricSql.Capped($"z{plan.Index}", caps.Denominator);
        yield return $"covar_samp({z}, f) {enters}";
        yield return $"covar_samp({z}, g) {enters}";
    }

    private static CovariateMoments Read(MetricPlan plan, DuckDbRow row, ref int column)
    {
        var first = column;
        column += plan.Denominator is null ? 7 : 9;
        double At(int offset) => row.GetNullableDouble(first + offset) ?? 0;
        var moments = new CovariateMoments(row.GetInt64(first), At(1), At(2), At(3), At(4), At(5), At(6));
        return plan.Denominator is null ? moments : moments with { DenominatorCovariance = At(7), DenominatorMissingCovariance = At(8) };
    }
}
