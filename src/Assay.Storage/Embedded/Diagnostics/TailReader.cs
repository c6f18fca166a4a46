using System.Collections.Immutable;
using Assay.Events;
using Assay.Experiments;

namespace Assay.Storage;

/// <summary>
/// The tails of unit values: how skewed they are, and what remains without the furthest or with the extremes capped. One pass finds the
/// quantiles of all metrics, the few furthest units are looked up by metric, and one pass reads the moments of all.
/// </summary>
internal static class TailReader
{
    private static readonly int[] LeftOut = [1, 10];

    /// <param name="metrics">The moments of the main analysis, in the plans' order.</param>
    /// <param name="caps">By plan.</param>
    /// <param name="context">With the units' values.</param>
    public static ImmutableArray<MetricTail> Read(ImmutableArray<MetricMoments> metrics, IReadOnlyDictionary<int, MetricCaps> caps, MomentsContext context)
    {
        ImmutableArray<TailPlan> plans = [.. context.Plans
            .Where(p => p.Type is MetricType.Mean or MetricType.Count or MetricType.Ratio).DistinctBy(p => p.Metric.Metric.Name)
            .Select(p => new TailPlan(p, caps.GetValueOrDefault(p.Index)))];
        if (plans.IsEmpty) return [];
        var units = $"SELECT u, v, {string.Join(", ", plans.Select(p => p.Columns))} FROM ({MetricSql.Units([.. plans.Select(p => p.Plan)], context)}) WHERE {UnitGroup.Main.Filter}";
        plans = Quantiles(plans, units, context);
        ImmutableArray<ImmutableArray<TailUnit>> furthest = [.. plans.Select(p => Furthest(p, units, context))];
        var variants = context.Experiment.Variants;
        var sums = plans.Select(_ => new (TailSums Others, TailSums Winsorised)[variants.Length]).ToArray();
        using (var result = context.Connection.Query($"SELECT v, {string.Join(", ", plans.SelectMany((p, i) => p.Aggregates(furthest[i])))} FROM ({units}) GROUP BY v", context.CancellationToken))
        {
            foreach (var row in result.Rows())
            {
                var column = 1;
                for (var i = 0; i < plans.Length; i++)
                    sums[i][(int)row.GetInt64(0)] = (TailSums.Read(row, plans[i].IsRatio, ref column), TailSums.Read(row, plans[i].IsRatio, ref column));
            }
        }
        return [.. plans.Select((plan, i) => new MetricTail(
            plan.Plan.Metric.Metric.Name,
            plan.IsRatio ? Skewness(plan, units, context) : [.. metrics[plan.Plan.Index].Arms.Select(OfPopulation)],
            [.. LeftOut.Select(count => new TailRest(count, [.. variants.Select((variant, v) => furthest[i].Skip(count).Where(u => u.Variant == v)
                .Aggregate(sums[i][v].Others, (others, unit) => others.With(unit)).ToMoments(variant.Key, plan.IsRatio))]))],
            [.. variants.Select((variant, v) => sums[i][v].Winsorised.ToMoments(variant.Key, plan.IsRatio))]))];
    }

    private static ImmutableArray<TailPlan> Quantiles(ImmutableArray<TailPlan> plans, string units, MomentsContext context)
    {
        using var result = context.Connection.Query(
            $"SELECT {string.Join(", ", plans.Select(p => p.QuantileColumns))} FROM (SELECT {string.Join(", ", plans.Select(p => p.QuantileAggregates))} FROM ({units}))", context.CancellationToken);
        var row = result.Rows().First();
        var column = 0;
        return [.. plans.Select(p => p.WithQuantiles(() => row.GetNullableDouble(column++)))];
    }

    private static ImmutableArray<TailUnit> Furthest(TailPlan plan, string units, MomentsContext context)
    {
        using var result = context.Connection.Query($"""
            SELECT u, v, {plan.Y}, {plan.Z} FROM ({units}) WHERE {plan.Y} IS NOT NULL
            ORDER BY abs({plan.Distance}) DESC, v, {plan.Y} DESC, u LIMIT {MomentsContext.Number(LeftOut[^1])}
            """, context.CancellationToken);
        return [.. result.Rows().Select(r => new TailUnit(r.GetInt64(0), (int)r.GetInt64(1), r.GetDouble(2), r.GetDouble(3)))];
    }

    /// <summary>The moments have it with n − 1 in the standard deviation.</summary>
    private static double? OfPopulation(MetricArmMoments arm) => arm.Skewness is { } skewness && arm.Units > 1 ? skewness * Math.Pow(arm.Units / (arm.Units - 1.0), 1.5) : null;

    /// <summary>Of a ratio: centred and scaled before the cubes, so that a large mean costs no digits.</summary>
    private static ImmutableArray<double?> Skewness(TailPlan plan, string units, MomentsContext context)
    {
        using var result = context.Connection.Query($"""
            WITH distances AS (SELECT v, {plan.Distance} AS e FROM ({units}) WHERE {plan.Y} IS NOT NULL)
            SELECT v, avg(((e - m) / s) ^ 3) FROM distances JOIN (SELECT v, avg(e) AS m, nullif(stddev_pop(e), 0) AS s FROM distances GROUP BY v) USING (v) GROUP BY v
            """, context.CancellationToken);
        var found = result.Rows().ToDictionary(r => (int)r.GetInt64(0), r => r.GetNullableDouble(1));
        return [.. context.Experiment.Variants.Select((_, v) => found.GetValueOrDefault(v) is { } skewness && double.IsFinite(skewness) ? skewness : (double?)null)];
    }
}
