using Assay.Experiments;

namespace Assay.Storage;

/// <summary>
/// The units of an experiment version: number, id, the exposure's id and its reason as far as they are needed, first variant, time of the first exposure, whether they crossed arms,
/// segment values, the stratum and the covariates <c>cv0, …</c> as known then; <see cref="ConversationClosing"/> adds when their conversation closed.
/// </summary>
internal static class UnitTable
{
    public const string Name = "assay_units";

    public static void Create(MomentsContext context)
    {
        var values = new SqlParameters();
        var experiment = values.Add(context.Experiment.Key);
        var version = values.Add((long)context.Query.Version);
        var asOf = values.AddMicros(context.AsOfMicros);
        var variants = string.Join(' ', context.Experiment.Variants.Select((v, i) => $"WHEN {values.Add(v.Key)} THEN {i}"));
        // Of exposures at the same microsecond the one to the earlier variant counts as first, so that every reading agrees.
        var order = $"first_seen * {context.Experiment.Variants.Length} + v";
        var segments = context.Experiment.Segments;
        var (covariates, strata) = (context.Experiment.Plan.Covariates, context.Experiment.Plan.Strata);
        var needsAttributes = segments.IsEmpty && strata.IsEmpty && covariates.All(c => c.Attribute is null) ? "" : $", arg_min_null(attributes, {order}) AS attributes";
        var exposure = context.Targets.NeedsExposures ? $", arg_min(exposure_id, {order}) AS exposure_id" : "";
        var reason = context.HasReasons ? $", arg_min_null(reason, {order}) AS reason" : "";
        values.Execute(context.Connection, $"""
            CREATE OR REPLACE TEMP TABLE {Name} AS
            SELECT (row_number() OVER () - 1)::INTEGER AS u, unit{(exposure.Length > 0 ? ", exposure_id" : "")}{(reason.Length > 0 ? ", reason" : "")}, v, first_us, crossed{SegmentColumns(segments, values)}{CovariateTable.Columns(covariates, values)}{StratumTable.Column(strata, s => JsonSql.Text("attributes", s, values))}
            FROM (
                SELECT unit{exposure}{reason}, arg_min(v, {order}) AS v,
                    min(first_seen) AS first_us, min(v) <> max(v) AS crossed{needsAttributes}
                FROM (
                    SELECT unit, exposure_id, attributes, reason, epoch_us(ts) AS first_seen, CASE variant {variants} END AS v
                    FROM exposures WHERE experiment = {experiment} AND version = {version} AND ts <= {asOf})
                WHERE v IS NOT NULL
                GROUP BY unit)
            """, context.CancellationToken);
    }

    private static string SegmentColumns(IEnumerable<Segment> segments, SqlParameters values) =>
        string.Concat(segments.Select((s, i) => $", {JsonSql.Text("attributes", s.Attribute, values)} AS s{i}"));
}
