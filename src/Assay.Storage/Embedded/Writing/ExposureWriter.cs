using Assay.DuckDb;
using Assay.Events;

namespace Assay.Storage;

/// <summary>Keeps one row per exposure × variant, the earliest: repeating an exposure changes nothing, a unit that met two variants stays visible.</summary>
internal static class ExposureWriter
{
    // The hash is compared first because it is a number: no index is needed to find the few rows of a batch.
    private const string SameRow = "e.exposure_hash = s.exposure_hash AND e.exposure_id = s.exposure_id AND e.variant = s.variant";

    public static void Write(DuckDbConnection connection, IReadOnlyCollection<ExposureEvent> exposures)
    {
        if (exposures.Count == 0) return;
        connection.Execute("CREATE OR REPLACE TEMP TABLE staged_exposures AS SELECT * FROM exposures LIMIT 0");
        using (var rows = new RowAppender(connection, "staged_exposures"))
        {
            foreach (var e in exposures) Append(rows, e);
            rows.Complete();
        }
        connection.Execute($"""
            UPDATE exposures AS e SET ts = s.ts, bucket = s.bucket, propensity = s.propensity, reason = s.reason, attributes = s.attributes,
                request = s.request, session = s.session, conversation = s.conversation, user_id = s.user_id, cluster = s.cluster
            FROM staged_exposures s WHERE {SameRow} AND s.ts < e.ts;
            INSERT INTO exposures SELECT * FROM staged_exposures s WHERE NOT EXISTS (SELECT 1 FROM exposures e WHERE {SameRow});
            DROP TABLE staged_exposures;
            """);
    }

    private static void Append(RowAppender rows, ExposureEvent e)
    {
        rows.Text(e.Id).Hash((ulong)EventFingerprint.OfId(e.Id)).Text(e.Experiment).Int(e.Version)
            .Text(e.Unit).Text(e.Variant).Number(e.Bucket).Number(e.Propensity).Text(e.Reason).Time(e.Timestamp)
            .Text(e.Ids.Request).Text(e.Ids.Session).Text(e.Ids.Conversation).Text(e.Ids.User).Text(e.Ids.Cluster)
            .Json(e.Attributes).EndRow();
    }
}
