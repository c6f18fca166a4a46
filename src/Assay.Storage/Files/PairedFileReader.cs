using System.Collections.Immutable;
using Assay.DuckDb;

namespace Assay.Storage;

/// <summary>Reads two files of recorded results of the same items, joined by their id.</summary>
public static class PairedFileReader
{
    /// <param name="controlPath">The first file (or glob): CSV, JSON lines, Parquet.</param>
    /// <param name="treatmentPath">The second.</param>
    /// <param name="idColumn">Column of the item's id, in both; text is compared exactly.</param>
    /// <param name="metricColumn">Column of the result, in both: numbers, TRUE and FALSE.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The pairs, or everything that is wrong. An id that is missing on one side, or has no value there, is no error: it is counted.</returns>
    public static Task<PairedFileResult> ReadAsync(
        string controlPath, string treatmentPath, string idColumn, string metricColumn, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(controlPath);
        ArgumentException.ThrowIfNullOrEmpty(treatmentPath);
        ArgumentException.ThrowIfNullOrEmpty(idColumn);
        ArgumentException.ThrowIfNullOrEmpty(metricColumn);
        return Task.Run(() => Read(controlPath, treatmentPath, idColumn, metricColumn, cancellationToken), cancellationToken);
    }

    private static PairedFileResult Read(string controlPath, string treatmentPath, string idColumn, string metricColumn, CancellationToken cancellationToken)
    {
        var problems = new ProblemList();
        using var database = FileDatabase.Open();
        Load(database.Connection, "control_items", controlPath, idColumn, metricColumn, problems, cancellationToken);
        Load(database.Connection, "treatment_items", treatmentPath, idColumn, metricColumn, problems, cancellationToken);
        if (problems.HasErrors) return new PairedFileResult(null, problems.ToImmutable());
        var control = ImmutableArray.CreateBuilder<double>();
        var treatment = ImmutableArray.CreateBuilder<double>();
        ImmutableArray<string>.Builder onlyInControl = ImmutableArray.CreateBuilder<string>(), onlyInTreatment = ImmutableArray.CreateBuilder<string>();
        using var result = database.Connection.Query(
            "SELECT id, c.x, t.x FROM control_items c FULL JOIN treatment_items t USING (id) WHERE c.x IS NOT NULL OR t.x IS NOT NULL ORDER BY id", cancellationToken);
        foreach (var row in result.Rows(cancellationToken))
        {
            if (row.IsNull(1)) onlyInTreatment.Add(row.GetString(0));
            else if (row.IsNull(2)) onlyInControl.Add(row.GetString(0));
            else
            {
                control.Add(row.GetDouble(1));
                treatment.Add(row.GetDouble(2));
            }
        }
        if (control.Count == 0) problems.Error("no-pairs", $"no {idColumn} has a {metricColumn} on both sides", "do the ids of the two files mean the same items?");
        return new PairedFileResult(
            problems.HasErrors ? null : PairedValues.Of(control.ToImmutable(), treatment.ToImmutable(), onlyInControl.ToImmutable(), onlyInTreatment.ToImmutable()),
            problems.ToImmutable());
    }

    private static void Load(
        DuckDbConnection connection, string table, string path, string idColumn, string metricColumn, ProblemList problems, CancellationToken cancellationToken)
    {
        // Of each file by itself, so that the second one's problems are told too.
        var own = new ProblemList();
        var files = FileFinder.Find(connection, [path], own, cancellationToken);
        if (!own.HasErrors && RawTable.Load(connection, files, [idColumn, metricColumn], own, cancellationToken) is { } raw)
        {
            ColumnChecks.Units(connection, raw, idColumn, own);
            ColumnChecks.Numbers(connection, raw, metricColumn, refusesNegative: false, "TRUE", new SqlParameters(), own);
            var number = raw.Number(metricColumn);
            connection.Execute($"""
                CREATE OR REPLACE TABLE {table} AS
                SELECT {raw.Text(idColumn)} AS id, CASE WHEN isfinite({number}) THEN {number} END AS x, file_index, line
                FROM {RawTable.Name} WHERE {raw.Text(idColumn)} IS NOT NULL
                """, cancellationToken);
            CheckDuplicates(connection, table, raw, idColumn, own, cancellationToken);
        }
        problems.AddRange(own);
    }

    private static void CheckDuplicates(DuckDbConnection connection, string table, RawTable raw, string idColumn, ProblemList problems, CancellationToken cancellationToken)
    {
        using var result = connection.Query($"""
            SELECT id, n, file_index, line, count(*) OVER () FROM (
                SELECT id, count(*) AS n, arg_max(file_index, (file_index, line)) AS file_index, arg_max(line, (file_index, line)) AS line FROM {table} GROUP BY id HAVING count(*) > 1)
            ORDER BY file_index, line LIMIT 1
            """, cancellationToken);
        foreach (var row in result.Rows(cancellationToken))
            problems.Error(
                "duplicate-id", $"{row.GetString(0)} stands in {row.GetInt64(1)} rows{(row.GetInt64(4) == 1 ? "" : $", and {row.GetInt64(4) - 1} more ids in several")}",
                "one row per item on each side; repeated answers of one item are to be averaged first", raw.File(row.GetInt64(2)), row.GetInt64(3), idColumn);
    }
}
