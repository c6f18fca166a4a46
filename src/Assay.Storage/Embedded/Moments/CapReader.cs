using Assay.Experiments;

namespace Assay.Storage;

/// <summary>Finds caps: the percentile of the unit values of all arms pooled, by component, so that no arm is cut at another value than the rest.</summary>
internal static class CapReader
{
    public static Dictionary<int, MetricCaps> Read(MomentsContext context)
    {
        var caps = new Dictionary<int, MetricCaps>();
        foreach (var plan in context.Plans.Where(p => p.Metric.Metric.CapPercentile is not null && p.Type is MetricType.Mean or MetricType.Count or MetricType.Ratio))
        {
            if (context.Query.Caps.FirstOrDefault(c => c.Metric == plan.Metric.Metric.Name) is { } frozen)
            {
                caps[plan.Index] = new MetricCaps(frozen.Value, frozen.Denominator);
                continue;
            }
            var percentile = plan.Metric.Metric.CapPercentile!.Value;
            caps[plan.Index] = new MetricCaps(
                Read(context, plan, $"y{plan.Index}", percentile), plan.Denominator is null ? null : Read(context, plan, $"z{plan.Index}", percentile));
        }
        return caps;
    }

    private static double? Read(MomentsContext context, MetricPlan plan, string column, double percentile)
    {
        var units = $"SELECT {column} AS x FROM ({MetricSql.Units([plan], context)}) WHERE {UnitGroup.Main.Filter} AND {column} IS NOT NULL";
        long count;
        using (var result = context.Connection.Query($"SELECT count(*), count(*) FILTER (x NOT IN (0, 1)) FROM ({units})", context.CancellationToken))
        {
            var row = result.Rows().First();
            count = row.GetInt64(0);
            // Yes-or-no values have no tail to cut.
            if (row.GetInt64(1) == 0) return null;
        }
        return OrderStatistic.Read(context.Connection, $"({units})", OrderStatistic.Rank(count, percentile), count, context.CancellationToken);
    }
}
