using System.Collections.Immutable;
using System.Globalization;
using Assay.Events;

namespace Assay.Storage;

/// <summary>The tail of a metric's unit values: how skewed they are, and what remains without the furthest or with the extremes capped.</summary>
internal static class TailReader
{
    private const string Values = "assay_tail";
    private const double LowShare = 0.01, HighShare = 0.99;

    private static readonly int[] LeftOut = [1, 10];

    public static MetricTail Read(MetricPlan plan, MetricCaps caps, MomentsContext context)
    {
        var i = MomentsContext.Number(plan.Index);
        var connection = context.Connection;
        connection.Execute($"""
            CREATE OR REPLACE TEMP TABLE {Values} AS
            SELECT v, {AtMost($"y{i}", caps.Value)} AS y, {(plan.Denominator is null ? "1.0" : AtMost($"z{i}", caps.Denominator))} AS z FROM ({MetricSql.Units([plan], context)})
            WHERE {UnitGroup.Main.Filter} AND y{i} IS NOT NULL
            """, context.CancellationToken);
        var distance = Distance(plan, context);
        var without = LeftOut.Select(count => new TailRest(count, Arms(plan, context, $"""
            SELECT v, y, z FROM {Values} WHERE rowid NOT IN (SELECT rowid FROM {Values} ORDER BY abs({distance}) DESC, v, y DESC, rowid LIMIT {count})
            """)));
        return new MetricTail(plan.Metric.Metric.Name, Skewness(distance, context), [.. without], Arms(plan, context, $"SELECT v, {Capped("y", context)} AS y, {(plan.Denominator is null ? "z" : Capped("z", context))} AS z FROM {Values}"));
    }

    /// <summary>What a unit's value is measured by: its distance from the pooled median, of a ratio its distance from the pooled ratio.</summary>
    private static string Distance(MetricPlan plan, MomentsContext context)
    {
        if (plan.Denominator is null) return Quantile("y", 0.5, context) is { } median ? $"(y - {Literal(median)})" : "y";
        using var result = context.Connection.Query($"SELECT sum(y) / nullif(sum(z), 0) FROM {Values}", context.CancellationToken);
        return result.Rows().First().GetNullableDouble(0) is { } ratio && double.IsFinite(ratio) ? $"(y - {Literal(ratio)} * z)" : "y";
    }

    private static ImmutableArray<double?> Skewness(string distance, MomentsContext context)
    {
        // Centred and scaled before the cubes, so that a large mean costs no digits.
        using var result = context.Connection.Query($"""
            SELECT v, avg(((e - m) / s) ^ 3) FROM (SELECT v, {distance} AS e FROM {Values})
            JOIN (SELECT v, avg({distance}) AS m, nullif(stddev_pop({distance}), 0) AS s FROM {Values} GROUP BY v) USING (v) GROUP BY v
            """, context.CancellationToken);
        var found = result.Rows().ToDictionary(r => (int)r.GetInt64(0), r => r.GetNullableDouble(1));
        return [.. context.Experiment.Variants.Select((_, v) => found.GetValueOrDefault(v) is { } skewness && double.IsFinite(skewness) ? skewness : (double?)null)];
    }

    private static ImmutableArray<MetricArmMoments> Arms(MetricPlan plan, MomentsContext context, string units)
    {
        using var result = context.Connection.Query(
            $"SELECT v, count(*), avg(y), var_samp(y), avg(z), var_samp(z), covar_samp(y, z), count(*) FILTER (z <> 0) FROM ({units}) GROUP BY v", context.CancellationToken);
        var found = result.Rows().ToDictionary(r => (int)r.GetInt64(0), r => new MetricArmMoments
        {
            Variant = context.Experiment.Variants[(int)r.GetInt64(0)].Key,
            Units = r.GetInt64(1),
            Matured = r.GetInt64(1),
            Answered = r.GetInt64(1),
            Mean = r.GetNullableDouble(2) ?? 0,
            Variance = r.GetNullableDouble(3) ?? 0,
            DenominatorMean = plan.Denominator is null ? 0 : r.GetNullableDouble(4) ?? 0,
            DenominatorVariance = plan.Denominator is null ? 0 : r.GetNullableDouble(5) ?? 0,
            Covariance = plan.Denominator is null ? 0 : r.GetNullableDouble(6) ?? 0,
            NonZeroDenominators = plan.Denominator is null ? 0 : r.GetInt64(7),
        });
        return [.. context.Experiment.Variants.Select((variant, v) => found.GetValueOrDefault(v) ?? MetricRow.Empty(variant.Key))];
    }

    private static string Capped(string column, MomentsContext context) =>
        Quantile(column, LowShare, context) is { } low && Quantile(column, HighShare, context) is { } high
            ? $"CASE WHEN {column} < {Literal(low)} THEN {Literal(low)} WHEN {column} > {Literal(high)} THEN {Literal(high)} ELSE {column} END" : column;

    // The metric's own cap comes first: what it cut is no outlier any more.
    private static string AtMost(string column, double? cap) => cap is { } value ? $"CASE WHEN {column} > {Literal(value)} THEN {Literal(value)} ELSE {column} END" : column;

    private static double? Quantile(string column, double share, MomentsContext context)
    {
        using var result = context.Connection.Query($"SELECT quantile_disc({column}, {Literal(share)}) FROM {Values}", context.CancellationToken);
        return result.Rows().First().GetNullableDouble(0);
    }

    private static string Literal(double value) => value.ToString("R", CultureInfo.InvariantCulture) + "::DOUBLE";
}
