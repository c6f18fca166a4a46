using Assay.DuckDb;

namespace Assay.Storage;

/// <summary>What may be wrong with the cells of a column.</summary>
internal static class ColumnChecks
{
    /// <summary>Reports text where numbers belong (an error), and values that are not finite or negative counts (left out and counted).</summary>
    public static void Numbers(DuckDbConnection connection, RawTable raw, string column, bool refusesNegative, string condition, SqlParameters values, ProblemList problems)
    {
        string text = raw.Text(column), number = raw.Number(column);
        Report(connection, raw, column, text, $"{condition} AND {text} IS NOT NULL AND {number} IS NULL", values, (count, value, file, line) =>
            problems.Error("not-a-number", $"{value} in column {column} is no number{Others(count)}", "numbers, TRUE, FALSE or an empty field are read", file, line, column));
        Report(connection, raw, column, text, $"{condition} AND NOT isfinite({number})", values, (count, value, file, line) =>
            problems.Warning("not-finite", $"{value} in column {column} is not finite{Others(count)}", "such rows are left out and counted as invalid", file, line, column));
        if (!refusesNegative) return;
        Report(connection, raw, column, text, $"{condition} AND {number} < 0 AND isfinite({number})", values, (count, value, file, line) =>
            problems.Warning("negative-count", $"{value} in column {column} is a negative count{Others(count)}", "such rows are left out and counted as invalid", file, line, column));
    }

    /// <summary>Calls <paramref name="report"/> with number of rows, first value, file and line when rows meet the condition.</summary>
    public static void Report(
        DuckDbConnection connection, RawTable raw, string column, string shown, string condition, SqlParameters values, Action<long, string, string, long> report)
    {
        ArgumentException.ThrowIfNullOrEmpty(column);
        using var result = values.Query(connection, $"""
            SELECT count(*), arg_min({shown}, (file_index, line)), arg_min(file_index, (file_index, line)), arg_min(line, (file_index, line))
            FROM {RawTable.Name} WHERE {condition}
            """, CancellationToken.None);
        var row = result.Rows().First();
        if (row.GetInt64(0) > 0) report(row.GetInt64(0), row.GetNullableString(1) ?? "(empty)", raw.File(row.GetInt64(2)), row.GetInt64(3));
    }

    /// <summary>Reports rows without a unit: they belong to nobody and are left out.</summary>
    public static void Units(DuckDbConnection connection, RawTable raw, string column, ProblemList problems) =>
        Report(connection, raw, column, "'x'", $"{raw.Text(column)} IS NULL", new SqlParameters(), (count, _, file, line) =>
            problems.Warning("no-unit", $"{(count == 1 ? "1 row names" : $"{count} rows name")} no unit in column {column}", "such rows are left out", file, line, column));

    public static string Others(long count) => count == 1 ? "" : count == 2 ? ", and 1 more row" : $", and {count - 1} more rows";
}
