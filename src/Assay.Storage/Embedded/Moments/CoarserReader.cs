using System.Collections.Immutable;
using Assay.Events;
using Assay.Experiments;

namespace Assay.Storage;

/// <summary>The primaries' sums over the clusters of <see cref="CoarserIds"/>, per treatment against the control; the rows stay here.</summary>
internal static class CoarserReader
{
    private const string Cells = "assay_coarser_cells", Arms = "assay_coarser_arms";

    /// <summary>In the order in which <see cref="Pair"/> reads them.</summary>
    private static readonly string[] Sums =
    [
        "any_value(a.cw)", "any_value(a.cm)", "any_value(a.tw)", "any_value(a.tm)",
        "sum(o.cn + o.tn)", "sum(known)", "count(*)", "count(*) FILTER (o.cw > 0)", "count(*) FILTER (o.tw > 0)",
        "count(*) FILTER (o.cn > 0 AND o.tn > 0)", "count(*) FILTER (o.cw < 0 OR o.tw < 0)",
        "sum((tp - cp) ^ 2)", "sum((tp / sqrt(tk) - cp / sqrt(ck)) ^ 2)", "sum(own - leverage)", "sum(own * own - 2 * own * leverage)",
        "sum(ch * ch / ck)", "sum(th * th / tk)", "sum(ch * th / sqrt(ck * tk))",
        "sum(cq) / any_value(a.cw) ^ 2 * any_value(a.cn) / nullif(any_value(a.cn) - 1, 0) + sum(tq) / any_value(a.tw) ^ 2 * any_value(a.tn) / nullif(any_value(a.tn) - 1, 0)",
        "sum((o.cn + o.tn)::DOUBLE ^ 2)", "sum((ce + te) ^ 2 / (o.cn + o.tn))", "sum(q)",
    ];

    /// <param name="metrics">One per plan, in order.</param>
    /// <param name="id">Name of the id in <see cref="CoarserIds.Name"/>; null for none.</param>
    /// <param name="caps">By plan.</param>
    /// <param name="context">With units and values.</param>
    public static ImmutableArray<MetricMoments> Attach(ImmutableArray<MetricMoments> metrics, string? id, IReadOnlyDictionary<int, MetricCaps> caps, MomentsContext context) =>
        id is null ? metrics : [.. metrics.Select((metric, i) => context.Plans[i] is { Metric.Role: MetricRole.Primary, Value.IsEvents: false } plan
            ? metric with { Coarser = Read(plan, id, caps.GetValueOrDefault(plan.Index), context) } : metric)];

    private static ImmutableArray<CoarserClusters> Read(MetricPlan plan, string id, MetricCaps caps, MomentsContext context)
    {
        string y = MetricSql.Capped($"y{plan.Index}", caps.Value), z = plan.Denominator is null ? "1.0" : MetricSql.Capped($"z{plan.Index}", caps.Denominator);
        var units = $"""
            SELECT t.v, coalesce('k' || c.k, 'u' || t.u) AS k, c.k IS NOT NULL AS known, {y} AS y, {z} AS z
            FROM ({MetricSql.Units([plan], context)}) t LEFT JOIN {CoarserIds.Name} c ON t.u = c.u
            WHERE {UnitGroup.Main.Filter} AND y{plan.Index} IS NOT NULL
            """;
        context.Connection.Execute($"""
            CREATE OR REPLACE TEMP TABLE {Arms} AS
            SELECT v, n, w, mean FROM (SELECT v, count(*) AS n, sum(z) AS w, sum(y) / nullif(sum(z), 0) AS mean FROM ({units}) GROUP BY v) WHERE isfinite(mean) AND w > 0
            """, context.CancellationToken);
        context.Connection.Execute($"""
            CREATE OR REPLACE TEMP TABLE {Cells} AS
            SELECT k, v, count(*) AS n, count(*) FILTER (known) AS known, sum(z) AS w, sum(y - mean * z) AS e, sum((y - mean * z) ^ 2) AS q
            FROM ({units}) JOIN {Arms} USING (v) GROUP BY k, v
            """, context.CancellationToken);
        return [.. Enumerable.Range(1, context.Experiment.Variants.Length - 1).Select(v => Pair(id, v, context)).OfType<CoarserClusters>()];
    }

    /// <summary>One row per cluster with its parts in both arms, then their sums; null when an arm has no mean.</summary>
    private static CoarserClusters? Pair(string id, int variant, MomentsContext context)
    {
        var v = MomentsContext.Number(variant);
        string Part(string column, string arm) => $"coalesce(sum({column}) FILTER (v = {arm}), 0)";
        using var result = context.Connection.Query($"""
            WITH arms AS (
                SELECT max(w) FILTER (v = 0) AS cw, max(mean) FILTER (v = 0) AS cm, max(n) FILTER (v = 0) AS cn,
                    max(w) FILTER (v = {v}) AS tw, max(mean) FILTER (v = {v}) AS tm, max(n) FILTER (v = {v}) AS tn FROM {Arms}),
            clusters AS (
                SELECT {Part("n", "0")} AS cn, {Part("n", v)} AS tn, sum(known) AS known, sum(q) AS q, {Part("q", "0")} AS cq, {Part("q", v)} AS tq,
                    {Part("w", "0")} AS cw, {Part("w", v)} AS tw, {Part("e", "0")} AS ce, {Part("e", v)} AS te
                FROM {Cells} WHERE v IN (0, {v}) GROUP BY k),
            parts AS (
                SELECT c.*, a.cw AS aw, a.tw AS bw, c.cw / a.cw AS ch, c.tw / a.tw AS th,
                    greatest(1 - c.cw / a.cw, 1e-300) AS ck, greatest(1 - c.tw / a.tw, 1e-300) AS tk, c.ce / a.cw AS cp, c.te / a.tw AS tp
                FROM clusters c, arms a),
            owned AS (
                SELECT *, ch / ck / aw + th / tk / bw AS own, ch * ch / ck / aw + th * th / tk / bw AS leverage FROM parts)
            SELECT {string.Join(", ", Sums.Select(sum => $"({sum})::DOUBLE"))}
            FROM owned o, arms a
            """, context.CancellationToken);
        var row = result.Rows().First();
        if (row.GetNullableDouble(0) is null || row.GetNullableDouble(2) is null) return null;
        var column = 0;
        double Number() => row.GetNullableDouble(column++) is { } number && double.IsFinite(number) ? number : 0;
        var (controlWeight, controlMean, treatmentWeight, treatmentMean) = (Number(), Number(), Number(), Number());
        long Count() => (long)Number();
        return new CoarserClusters(id, context.Experiment.Variants[variant].Key)
        {
            ControlWeight = controlWeight,
            ControlMean = controlMean,
            TreatmentWeight = treatmentWeight,
            TreatmentMean = treatmentMean,
            Units = Count(),
            UnitsWithId = Count(),
            Clusters = Count(),
            ControlClusters = Count(),
            TreatmentClusters = Count(),
            SharedClusters = Count(),
            NegativeClusters = Count(),
            PlainSquares = Number(),
            AdjustedSquares = Number(),
            Trace = Number(),
            TraceOfSquares = Number(),
            ControlLeverage = Number(),
            TreatmentLeverage = Number(),
            SharedLeverage = Number(),
            UnitVariance = Number(),
            SquaredSizes = Number(),
            BetweenSquares = Number(),
            TotalSquares = Number(),
        };
    }
}
