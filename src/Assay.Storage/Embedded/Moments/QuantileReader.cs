using Assay.Events;
using Assay.Experiments;

namespace Assay.Storage;

/// <summary>The quantile of each arm with its interval by order statistics, from the error between units of the empirical distribution.</summary>
internal static class QuantileReader
{
    public static Dictionary<GroupKey, QuantileArm> Read(MetricPlan plan, UnitGroup group, MomentsContext context)
    {
        var arms = new Dictionary<GroupKey, QuantileArm>();
        foreach (var (key, events, invalid) in Groups(plan, group, context))
            arms[key] = new QuantileArm(events == 0 ? null : ReadArm(plan, group, key, events, context), invalid);
        return arms;
    }

    private static List<(GroupKey Key, long Events, long Invalid)> Groups(MetricPlan plan, UnitGroup group, MomentsContext context)
    {
        using var result = context.Connection.Query(
            $"SELECT v, {group.SegmentValue}, count(x), count(*) - count(x) FROM {plan.Value.EventsTable} WHERE {group.Filter} GROUP BY ALL",
            context.CancellationToken);
        return [.. result.Rows().Select(r => (new GroupKey((int)r.GetInt64(0), r.GetNullableString(1)), r.GetInt64(2), r.GetInt64(3)))];
    }

    private static QuantileArmMoments ReadArm(MetricPlan plan, UnitGroup group, GroupKey key, long events, MomentsContext context)
    {
        var probability = plan.Metric.Metric.Quantile ?? throw new ArgumentException($"the quantile metric {plan.Metric.Metric.Name} has no quantile", nameof(plan));
        CreateArm(plan, group, key, context);
        double At(double p) => OrderStatistic.Read(context.Connection, "assay_arm", OrderStatistic.Rank(events, p), events, context.CancellationToken);
        var value = At(probability);
        var (units, _, error) = Error(value, events, context);
        double low = probability - context.Query.QuantileZ * error, high = probability + context.Query.QuantileZ * error;
        return new QuantileArmMoments(events, units, value, error, low <= 0 ? null : At(low), high >= 1 ? null : At(high))
        {
            Above = [.. Limits(plan, group, context, g => g.Max).Select(limit =>
            {
                var (_, upTo, ofShare) = Error(limit, events, context);
                return new EventsAbove(limit, events - upTo, ofShare);
            })],
            Below = [.. Limits(plan, group, context, g => g.Min).Select(limit =>
            {
                var (_, below, ofShare) = Error(limit, events, context, "<");
                return new EventsBelow(limit, below, ofShare);
            })],
        };
    }

    // Segments have no guardrails.
    private static IEnumerable<double> Limits(MetricPlan plan, UnitGroup group, MomentsContext context, Func<Guardrail, double?> limit) => group.SegmentColumn is not null ? []
        : context.Experiment.Guardrails.Where(g => g.Metric == plan.Metric.Metric.Name && g.Method == "sequential").Select(limit).OfType<double>();

    private static void CreateArm(MetricPlan plan, UnitGroup group, GroupKey key, MomentsContext context)
    {
        var values = new SqlParameters();
        var segment = group.SegmentColumn is null ? ""
            : key.Segment is null ? $" AND {group.SegmentColumn} IS NULL"
            : $" AND {group.SegmentColumn} = {values.Add(key.Segment)}";
        values.Execute(context.Connection, $"""
            CREATE OR REPLACE TEMP VIEW assay_arm AS
            SELECT u, x FROM {plan.Value.EventsTable} WHERE x IS NOT NULL AND v = {MomentsContext.Number(key.Variant)} AND {group.Filter}{segment}
            """, context.CancellationToken);
    }

    /// <summary>Ratio delta method over units with k events, m of them at or below the value: var = J / (J − 1) · Σ(m − p̂k)² / N².</summary>
    private static (long Units, long Below, double StandardError) Error(double value, long events, MomentsContext context, string isBelow = "<=")
    {
        var values = new SqlParameters();
        using var result = values.Query(context.Connection, $"""
            SELECT count(*), sum(m), sum(m * m), sum(m * k), sum(k * k)
            FROM (SELECT count(*)::HUGEINT AS k, count(*) FILTER (x {isBelow} {values.Add(value)})::HUGEINT AS m FROM assay_arm GROUP BY u)
            """, context.CancellationToken);
        var row = result.Rows().First();
        long units = row.GetInt64(0), below = row.GetInt64(1);
        if (units < 2) return (units, below, 0);
        // In whole numbers, multiplied by N²: the difference of large sums must not lose the small ones.
        Int128 n = events, mm = row.GetInt64(2), mk = row.GetInt64(3), kk = row.GetInt64(4);
        var residuals = (double)(n * n * mm - 2 * n * below * mk + (Int128)below * below * kk) / ((double)events * events);
        return (units, below, Math.Sqrt((double)units / (units - 1) * residuals) / events);
    }
}
