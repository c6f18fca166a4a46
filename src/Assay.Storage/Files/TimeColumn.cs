using Assay.DuckDb;

namespace Assay.Storage;

/// <summary>A column of times: ISO 8601 (without zone: UTC), or seconds, milli- or microseconds since 1970.</summary>
internal static class TimeColumn
{
    /// <summary>The time as SQL over the raw rows; NULL where it is none.</summary>
    public static string Sql(RawTable raw, string column)
    {
        var text = raw.Text(column);
        var number = $"TRY_CAST({text} AS DOUBLE)";
        return $"""
            CASE WHEN {number} IS NOT NULL
                THEN make_timestamp(TRY_CAST({number} * CASE WHEN {number} >= 1e14 THEN 1 WHEN {number} >= 1e11 THEN 1e3 ELSE 1e6 END AS BIGINT))
                ELSE TRY_CAST({text} AS TIMESTAMPTZ) AT TIME ZONE 'UTC' END
            """;
    }

    public static void Check(DuckDbConnection connection, RawTable raw, string column, ProblemList problems) =>
        ColumnChecks.Report(connection, raw, column, raw.Text(column), $"{Sql(raw, column)} IS NULL", new SqlParameters(), (count, value, file, line) =>
            problems.Error("not-a-time", $"{value} in column {column} is no time{ColumnChecks.Others(count)}", "ISO 8601 (without zone: UTC) or seconds, milli- or microseconds since 1970 are read", file, line, column));
}
