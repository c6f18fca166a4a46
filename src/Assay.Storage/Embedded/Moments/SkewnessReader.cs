using System.Collections.Immutable;
using System.Globalization;
using Assay.Events;
using Assay.Experiments;

namespace Assay.Storage;

/// <summary>The skewness of unit values, around the mean that a first pass has found: raw third powers would lose it at large means.</summary>
internal static class SkewnessReader
{
    public static ImmutableArray<MetricMoments> Attach(ImmutableArray<MetricMoments> metrics, IReadOnlyDictionary<int, MetricCaps> caps, MomentsContext context)
    {
        ImmutableArray<MetricPlan> plans = [.. context.Plans.Where(p => p.Type is MetricType.Mean or MetricType.Count)];
        if (plans.IsEmpty) return metrics;
        var columns = plans.Select(plan => $"avg(pow(({MetricSql.Capped($"y{plan.Index}", caps.GetValueOrDefault(plan.Index).Value)} - {Of(metrics[plan.Index], a => a.Mean)}) / {Of(metrics[plan.Index], a => Math.Sqrt(a.Variance))}, 3))");
        var found = new Dictionary<(int Plan, int Variant), double?>();
        using (var result = context.Connection.Query(
            $"SELECT v, {string.Join(", ", columns)} FROM ({MetricSql.Units(plans, context)}) WHERE {UnitGroup.Main.Filter} GROUP BY v", context.CancellationToken))
        {
            foreach (var row in result.Rows())
                for (var i = 0; i < plans.Length; i++) found[(plans[i].Index, (int)row.GetInt64(0))] = row.GetNullableDouble(i + 1);
        }
        return [.. metrics.Select((metric, i) => metric with
        {
            Arms = [.. metric.Arms.Select((arm, v) => found.GetValueOrDefault((i, v)) is { } skewness && double.IsFinite(skewness) ? arm with { Skewness = skewness } : arm)],
        })];
    }

    // NULL without variance: there is nothing to be skewed.
    private static string Of(MetricMoments metric, Func<MetricArmMoments, double> part) =>
        $"(CASE v {string.Concat(metric.Arms.Select((arm, v) => $"WHEN {v} THEN {(arm.Variance > 0 && double.IsFinite(part(arm)) ? part(arm).ToString("R", CultureInfo.InvariantCulture) + "::DOUBLE" : "NULL")} "))}END)";
}
