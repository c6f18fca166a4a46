using Assay.DuckDb;
using Assay.Events;

namespace Assay.Storage;

/// <summary>How far the spool has been taken over; written in the transaction of the events themselves.</summary>
internal static class SpoolPositions
{
    public static SpoolPosition Read(DuckDbConnection connection)
    {
        using var result = connection.Query("SELECT segment, byte_offset FROM spool_position");
        var row = result.Rows().First();
        return new SpoolPosition(row.GetInt64(0), row.GetInt64(1));
    }

    public static void Write(DuckDbConnection connection, SpoolPosition position)
    {
        var values = new SqlParameters();
        values.Execute(
            connection, $"UPDATE spool_position SET segment = {values.Add(position.Segment)}, byte_offset = {values.Add(position.Offset)}", CancellationToken.None);
    }
}
