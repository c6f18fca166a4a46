namespace Assay.Storage;

/// <summary>Which variants recorded files hold, for an analysis without a definition.</summary>
public static class VariantColumn
{
    /// <summary>The distinct texts of a column, most frequent first; empty cells aside.</summary>
    /// <param name="paths">Files or globs.</param>
    /// <param name="column">The variant's column.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The values, or everything that is wrong.</returns>
    public static Task<VariantColumnResult> ReadAsync(IReadOnlyList<string> paths, string column, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentException.ThrowIfNullOrEmpty(column);
        return Task.Run(() => Read(paths, column, cancellationToken), cancellationToken);
    }

    private static VariantColumnResult Read(IReadOnlyList<string> paths, string column, CancellationToken cancellationToken)
    {
        var problems = new ProblemList();
        using var database = FileDatabase.Open();
        var files = FileFinder.Find(database.Connection, paths, problems, cancellationToken);
        if (problems.HasErrors || RawTable.Load(database.Connection, files, [column], problems, cancellationToken) is not { } raw)
            return new VariantColumnResult([], problems.ToImmutable());
        using var result = database.Connection.Query($"SELECT {raw.Text(column)} AS v, count(*) AS n FROM {RawTable.Name} WHERE {raw.Text(column)} IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1", cancellationToken);
        return new VariantColumnResult([.. result.Rows(cancellationToken).Select(r => new VariantCount(r.GetString(0), r.GetInt64(1)))], problems.ToImmutable());
    }
}
