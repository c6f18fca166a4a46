using Assay.DuckDb;
using Assay.Events;

namespace Assay.Storage;

/// <summary>The table of client-chosen ids. It has no index: a batch is looked up by one scan of a 16-byte column.</summary>
internal static class EventIds
{
    public static Dictionary<UInt128, ulong> Find(DuckDbConnection connection, IReadOnlyCollection<UInt128> hashes, CancellationToken cancellationToken)
    {
        var found = new Dictionary<UInt128, ulong>();
        if (hashes.Count == 0) return found;
        connection.Execute("CREATE OR REPLACE TEMP TABLE looked_up (id_hash UHUGEINT)", cancellationToken);
        using (var rows = new RowAppender(connection, "looked_up"))
        {
            foreach (var hash in hashes)
            {
                rows.Hash(hash).EndRow();
            }
            rows.Complete();
        }
        using (var result = connection.Query("SELECT id_hash, content_hash FROM event_ids WHERE id_hash IN (SELECT id_hash FROM looked_up)", cancellationToken))
        {
            while (result.FetchChunk(cancellationToken) is { } chunk)
            {
                using (chunk)
                {
                    var ids = chunk[0].GetUHugeInt();
                    var contents = chunk[1].GetUInt64();
                    for (var i = 0; i < chunk.RowCount; i++) found[ids[i]] = contents[i];
                }
            }
        }
        connection.Execute("DROP TABLE looked_up", cancellationToken);
        return found;
    }

    public static void Write(DuckDbConnection connection, Dictionary<UInt128, AssayEvent> ids)
    {
        if (ids.Count == 0) return;
        using var rows = new RowAppender(connection, "event_ids");
        foreach (var (id, e) in ids) rows.Hash(id).Hash(EventJson.ContentHash(e)).EndRow();
        rows.Complete();
    }
}
