using Assay.DuckDb;

namespace Assay.Storage;

/// <summary>Reads columns of earlier data, from which a size is planned: CSV, JSON lines or Parquet.</summary>
public static class PilotFileReader
{
    /// <param name="paths">Files or globs; compressed ones too.</param>
    /// <param name="columns">What to read.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The rows in the order of the files, or everything that is wrong with its file and line.</returns>
    public static Task<PilotFileResult> ReadAsync(IReadOnlyList<string> paths, PilotColumns columns, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(columns);
        return Task.Run(() => Read(paths, columns, cancellationToken), cancellationToken);
    }

    private static PilotFileResult Read(IReadOnlyList<string> paths, PilotColumns columns, CancellationToken cancellationToken)
    {
        var problems = new ProblemList();
        using var database = FileDatabase.Open();
        var files = FileFinder.Find(database.Connection, paths, problems, cancellationToken);
        string[] wanted = [.. new[] { columns.Value, columns.Denominator, columns.Cluster, columns.Covariate, columns.Variant }.OfType<string>()];
        if (problems.HasErrors || RawTable.Load(database.Connection, files, wanted, problems, cancellationToken) is not { } raw)
            return new PilotFileResult(null, problems.ToImmutable());
        foreach (var column in new[] { columns.Value, columns.Denominator, columns.Covariate }.OfType<string>().Distinct())
            ColumnChecks.Numbers(database.Connection, raw, column, refusesNegative: false, "TRUE", new SqlParameters(), problems);
        if (problems.HasErrors) return new PilotFileResult(null, problems.ToImmutable());
        return new PilotFileResult(Rows(database.Connection, raw, columns, cancellationToken), problems.ToImmutable());
    }

    private static PilotRows Rows(DuckDbConnection connection, RawTable raw, PilotColumns columns, CancellationToken cancellationToken)
    {
        List<double> values = [], denominators = [];
        List<double?> covariates = [];
        List<long> clusters = [];
        var known = new Dictionary<string, long>(StringComparer.Ordinal);
        long skipped = 0;
        var parameters = new SqlParameters();
        var condition = columns.Variant is { } variant ? $"{raw.Text(variant)} = {parameters.Add(columns.Control ?? "control")}" : "TRUE";
        using var result = parameters.Query(connection, $"""
            SELECT {Finite(columns.Value)}, {Finite(columns.Denominator)}, {(columns.Cluster is { } c ? raw.Text(c) : "NULL::VARCHAR")}, {Finite(columns.Covariate)}
            FROM {RawTable.Name} WHERE {condition} ORDER BY file_index, line
            """, cancellationToken);
        foreach (var row in result.Rows(cancellationToken))
        {
            if (row.IsNull(0) || (columns.Denominator is not null && row.IsNull(1)) || (columns.Cluster is not null && row.IsNull(2)))
            {
                skipped++;
                continue;
            }
            values.Add(row.GetDouble(0));
            if (columns.Denominator is not null) denominators.Add(row.GetDouble(1));
            if (columns.Covariate is not null) covariates.Add(row.IsNull(3) ? null : row.GetDouble(3));
            if (columns.Cluster is null) continue;
            var cluster = row.GetString(2);
            if (!known.TryGetValue(cluster, out var number)) known.Add(cluster, number = known.Count);
            clusters.Add(number);
        }
        return new PilotRows(
            values, columns.Denominator is null ? null : denominators, columns.Cluster is null ? null : clusters,
            columns.Covariate is null ? null : covariates, skipped);

        string Finite(string? column) => column is null ? "NULL::DOUBLE" : $"CASE WHEN isfinite({raw.Number(column)}) THEN {raw.Number(column)}::DOUBLE END";
    }
}
