using System.Collections.Immutable;
using Assay.Events;
using Assay.Experiments;

namespace Assay.Storage;

/// <summary>How often rows pass the conditions that decide what a mean or quantile is about. Conditions that are themselves what is counted are left out.</summary>
internal static class FilterReader
{
    public static ImmutableArray<FilterMoments> Read(MomentsContext context) =>
        [.. context.Plans.Where(Selects).DistinctBy(p => p.Value.Index).Select(p => Read(p, context))];

    /// <summary>True when rows that fail are missing from the metric, not counted as zero.</summary>
    private static bool Selects(MetricPlan plan) =>
        plan.Denominator is null && (plan.Type == MetricType.Quantile || !plan.CountsMissingAsZero)
        && (plan.Value.Source.Where is not null || plan.Value.Table == EventTable.Labels);

    private static FilterMoments Read(MetricPlan plan, MomentsContext context)
    {
        var values = new SqlParameters();
        var isLabel = plan.Value.Table == EventTable.Labels;
        var passes = RowSql.Filter(plan.Value, context, values);
        var all = RowSql.Filter(plan.Value with { Source = plan.Value.Source with { Where = null } }, context, values);
        var (y, z) = isLabel ? ("(coalesce(passing, 0) > 0)::INTEGER::DOUBLE", "1.0") : ("coalesce(passing, 0)::DOUBLE", "coalesce(rows, 0)::DOUBLE");
        using var result = values.Query(context.Connection, $"""
            SELECT v, count(*), count(*) FILTER (y > 0), avg(y), var_samp(y), avg(z), var_samp(z), covar_samp(y, z), count(*) FILTER (z <> 0) FROM (
                SELECT v, {y} AS y, {z} AS z FROM {UnitTable.Name} LEFT JOIN (
                    SELECT u, count(*) FILTER ({passes}) AS passing, count(*) FILTER ({all}) AS rows
                    FROM ({UnitValues.Rows(context, plan.Value.Table, [plan.Value], values)}) GROUP BY u) USING (u)
                WHERE {UnitGroup.Main.Filter} AND {context.Matured(plan.Metric.Metric.Window)}) GROUP BY v
            """, context.CancellationToken);
        var found = result.Rows().ToDictionary(r => (int)r.GetInt64(0), r => new MetricArmMoments
        {
            Variant = context.Experiment.Variants[(int)r.GetInt64(0)].Key,
            Units = r.GetInt64(1),
            Matured = r.GetInt64(1),
            Answered = r.GetInt64(2),
            Successes = r.GetInt64(2),
            Mean = r.GetNullableDouble(3) ?? 0,
            Variance = r.GetNullableDouble(4) ?? 0,
            DenominatorMean = r.GetNullableDouble(5) ?? 0,
            DenominatorVariance = r.GetNullableDouble(6) ?? 0,
            Covariance = r.GetNullableDouble(7) ?? 0,
            NonZeroDenominators = r.GetInt64(8),
        });
        return new FilterMoments(
            plan.Metric.Metric.Name, isLabel && plan.Value.Source.Where is null ? "label" : plan.Value.Source.Where!,
            [.. context.Experiment.Variants.Select((variant, v) => found.GetValueOrDefault(v) ?? MetricRow.Empty(variant.Key))]);
    }
}
