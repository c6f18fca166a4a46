using System.Globalization;
using Assay.DuckDb;

namespace Assay.Storage;

/// <summary>The tables of the event store. Times are UTC microseconds. Steps are only ever appended: an old file is brought forward when opened.</summary>
internal static class EventSchema
{
    private static readonly string[] Steps =
    [
        """
        CREATE TABLE exposures (
            exposure_id VARCHAR NOT NULL, exposure_hash UBIGINT NOT NULL, experiment VARCHAR NOT NULL, version INTEGER NOT NULL,
            unit VARCHAR NOT NULL, variant VARCHAR NOT NULL, bucket DOUBLE, propensity DOUBLE, reason VARCHAR, ts TIMESTAMP NOT NULL,
            request VARCHAR, session VARCHAR, conversation VARCHAR, user_id VARCHAR, cluster VARCHAR, attributes VARCHAR);
        CREATE TABLE generations (
            generation_id VARCHAR NOT NULL, ts TIMESTAMP NOT NULL, experiment VARCHAR,
            assigned_experiment VARCHAR, assigned_version INTEGER, assigned_variant VARCHAR, assignment_reason VARCHAR, exposure_id VARCHAR,
            unit VARCHAR, request VARCHAR, session VARCHAR, conversation VARCHAR, user_id VARCHAR, cluster VARCHAR,
            response_id VARCHAR, turn INTEGER, trace_id VARCHAR, route VARCHAR, model VARCHAR, served_model VARCHAR, upstream VARCHAR,
            latency_ms DOUBLE, ttft_ms DOUBLE, tpot_ms DOUBLE, itl_p95_ms DOUBLE,
            input_tokens BIGINT, cached_input_tokens BIGINT, output_tokens BIGINT, tool_calls BIGINT, cost_usd DOUBLE,
            status VARCHAR NOT NULL, error_code VARCHAR, finish_reason VARCHAR, cache VARCHAR, parameters_hash VARCHAR,
            is_empty BOOLEAN, refusal BOOLEAN, json_valid BOOLEAN, fallback_reason VARCHAR,
            attributes VARCHAR, request_body VARCHAR, response_body VARCHAR, context VARCHAR);
        -- A generation that takes part in several experiments: its assignments beyond the first.
        CREATE TABLE further_assignments (
            generation_id VARCHAR NOT NULL, experiment VARCHAR NOT NULL, version INTEGER NOT NULL, variant VARCHAR NOT NULL,
            exposure_id VARCHAR NOT NULL, reason VARCHAR);
        CREATE TABLE outcomes (
            event_id VARCHAR NOT NULL, ts TIMESTAMP NOT NULL, experiment VARCHAR, metric VARCHAR NOT NULL, value DOUBLE, text VARCHAR,
            unit VARCHAR, exposure_id VARCHAR, generation_id VARCHAR, response_id VARCHAR, attributes VARCHAR);
        CREATE TABLE scores (
            event_id VARCHAR NOT NULL, ts TIMESTAMP NOT NULL, experiment VARCHAR, metric VARCHAR NOT NULL, value DOUBLE,
            unit VARCHAR, exposure_id VARCHAR, generation_id VARCHAR, response_id VARCHAR, attributes VARCHAR,
            judge_key VARCHAR, judge_hash VARCHAR, rubric_hash VARCHAR, reason VARCHAR,
            winner VARCHAR, pair_a VARCHAR, pair_b VARCHAR, shown_first VARCHAR);
        CREATE TABLE labels (
            event_id VARCHAR NOT NULL, ts TIMESTAMP NOT NULL, experiment VARCHAR, metric VARCHAR NOT NULL, value DOUBLE,
            unit VARCHAR, exposure_id VARCHAR, generation_id VARCHAR, response_id VARCHAR, attributes VARCHAR,
            rater VARCHAR, winner VARCHAR, pair_a VARCHAR, pair_b VARCHAR, shown_first VARCHAR);
        CREATE TABLE event_ids (id_hash UHUGEINT NOT NULL, content_hash UBIGINT NOT NULL);
        CREATE TABLE spool_position (segment BIGINT NOT NULL, byte_offset BIGINT NOT NULL);
        INSERT INTO spool_position VALUES (0, 0);
        """,
    ];

    public static readonly string[] Tables = ["exposures", "generations", "further_assignments", "outcomes", "scores", "labels", "event_ids"];

    /// <exception cref="DuckDbException">The file cannot be read or changed.</exception>
    /// <exception cref="InvalidOperationException">The file was written by a newer version of this program.</exception>
    public static void Migrate(DuckDbConnection connection)
    {
        connection.Execute("CREATE TABLE IF NOT EXISTS schema_migrations (version INTEGER NOT NULL)");
        var version = Version(connection);
        if (version > Steps.Length)
            throw new InvalidOperationException($"the event store has schema {version}; this program knows {Steps.Length}: use the newer program");
        for (var step = version; step < Steps.Length; step++)
        {
            using var transaction = connection.BeginTransaction();
            connection.Execute(Steps[step]);
            connection.Execute(string.Create(CultureInfo.InvariantCulture, $"INSERT INTO schema_migrations VALUES ({step + 1})"));
            transaction.Commit();
        }
    }

    private static int Version(DuckDbConnection connection)
    {
        using var result = connection.Query("SELECT coalesce(max(version), 0) FROM schema_migrations");
        return (int)result.Rows().First().GetInt64(0);
    }
}
