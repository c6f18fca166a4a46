using Assay.DuckDb;
using Assay.Events;

namespace Assay.Storage;

/// <summary>The moments of metrics within each stratum, for every arm (and segment value) of a group of units.</summary>
internal static class StratumReader
{
    public static IEnumerable<(GroupKey Key, int Metric, StratumMoments Moments)> Read(
        IEnumerable<MetricPlan> all, UnitGroup group, IReadOnlyDictionary<int, MetricCaps> caps, MomentsContext context)
    {
        var plans = all.Where(p => !p.Value.IsEvents).ToArray();
        if (plans.Length == 0 || context.Strata is not { } strata) yield break;
        var aggregates = plans.SelectMany(p => Aggregates(p, caps.GetValueOrDefault(p.Index)));
        using var result = context.Connection.Query($"""
            SELECT v, {group.SegmentValue}, st, {string.Join(", ", aggregates)}
            FROM ({MetricSql.Units(plans, context)}) t JOIN {StratumTable.Name} USING (stratum) WHERE {group.Filter} GROUP BY ALL
            """, context.CancellationToken);
        foreach (var row in result.Rows())
        {
            var key = new GroupKey((int)row.GetInt64(0), row.GetNullableString(1));
            var (stratum, column) = (strata[(int)row.GetInt64(2)], 3);
            foreach (var plan in plans)
                if (Read(plan, stratum, row, ref column) is { Units: > 0 } moments) yield return (key, plan.Index, moments);
        }
    }

    private static IEnumerable<string> Aggregates(MetricPlan plan, MetricCaps caps)
    {
        var y = MetricSql.Capped($"y{plan.Index}", caps.Value);
        yield return $"count(y{plan.Index})";
        yield return $"avg({y})";
        yield return $"var_samp({y})";
        if (plan.Denominator is null) yield break;
        var z = MetricSql.Capped($"z{plan.Index}", caps.Denominator);
        yield return $"avg({z})";
        yield return $"var_samp({z})";
        yield return $"covar_samp({y}, {z})";
    }

    private static StratumMoments Read(MetricPlan plan, System.Collections.Immutable.ImmutableArray<string?> stratum, DuckDbRow row, ref int column)
    {
        var first = column;
        column += plan.Denominator is null ? 3 : 6;
        double At(int offset) => row.GetNullableDouble(first + offset) ?? 0;
        var moments = new StratumMoments(stratum) { Units = row.GetInt64(first), Mean = At(1), Variance = At(2) };
        return plan.Denominator is null ? moments : moments with { DenominatorMean = At(3), DenominatorVariance = At(4), Covariance = At(5) };
    }
}
