using Assay.DuckDb;
using Assay.Events;
using Assay.Experiments;

namespace Assay.Storage;

/// <summary>
/// Recorded files as a source of moments: CSV, JSON lines or Parquet with one row per unit (wide) or per event (long), or an export of events.
/// They are read into tables in memory, over which the SQL of the event store runs.
/// </summary>
public sealed class FileMomentSource : IMomentSource, IDisposable
{
    private readonly FileTables _tables;
    private readonly SemaphoreSlim _reading = new(1, 1);

    internal FileMomentSource(FileTables tables) => _tables = tables;

    /// <summary>The newest version of the experiment in an export of events; 1 for files that know no versions.</summary>
    public int Version => _tables.Version;

    /// <summary>Reads the files.</summary>
    /// <param name="paths">Files or globs (<c>logs/*.jsonl.gz</c>); all of the same kind.</param>
    /// <param name="mapping">What the columns mean; null for an export of the platform's own events.</param>
    /// <param name="experiment">The experiment whose variants, metrics and segments the files are read for.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The source, or everything that is wrong; a file that cannot be read is a problem, not an exception.</returns>
    public static Task<FileSourceResult> OpenAsync(
        IReadOnlyList<string> paths, DataMapping? mapping, Experiment experiment, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(experiment);
        return Task.Run(() => Open(paths, mapping, experiment, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The query is about another experiment than the files were opened for.</exception>
    public Task<ExperimentMoments> ReadMomentsAsync(MomentsQuery query, CancellationToken cancellationToken = default)
    {
        Check(query);
        return ReadAsync(() => _tables.Read(query, cancellationToken), cancellationToken);
    }

    /// <summary>When, by the files' own times, so many units had matured: where the registered looks of a plan lay.</summary>
    /// <param name="query">As for the moments; <see cref="MomentsQuery.AsOf"/> is not looked at.</param>
    /// <param name="units">Numbers of matured units, each at least 1.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>Null when the rows have no times.</returns>
    /// <exception cref="ArgumentException">The query is about another experiment than the files were opened for.</exception>
    /// <exception cref="EventStoreUnavailableException">The tables cannot be read.</exception>
    public Task<MaturityTimes?> ReadMaturityAsync(MomentsQuery query, IReadOnlyList<long> units, CancellationToken cancellationToken = default)
    {
        Check(query);
        ArgumentNullException.ThrowIfNull(units);
        if (units.Any(n => n < 1)) throw new ArgumentOutOfRangeException(nameof(units), "numbers of units are at least 1");
        return ReadAsync(() => _tables.Maturity(query, units, cancellationToken), cancellationToken);
    }

    private void Check(MomentsQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (query.Experiment.Key != _tables.Experiment.Key)
            throw new ArgumentException($"the files were opened for {_tables.Experiment.Key}, not {query.Experiment.Key}", nameof(query));
    }

    private async Task<T> ReadAsync<T>(Func<T> read, CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(read, cancellationToken);
        }
        catch (DuckDbException e)
        {
            throw new EventStoreUnavailableException("the recorded data cannot be read: " + e.Message, e);
        }
        finally
        {
            _reading.Release();
        }
    }

    public void Dispose()
    {
        _tables.Dispose();
        _reading.Dispose();
    }

    private static FileSourceResult Open(IReadOnlyList<string> paths, DataMapping? mapping, Experiment experiment, CancellationToken cancellationToken)
    {
        var problems = new ProblemList();
        var database = FileDatabase.Open();
        FileTables? tables = null;
        try
        {
            var files = FileFinder.Find(database.Connection, paths, problems, cancellationToken);
            if (!problems.HasErrors) tables = Load(database, files, mapping, experiment, problems, cancellationToken);
            return new FileSourceResult(tables is null || problems.HasErrors ? null : new FileMomentSource(tables), problems.ToImmutable());
        }
        finally
        {
            if (tables is null || problems.HasErrors) database.Dispose();
        }
    }

    private static FileTables? Load(
        FileDatabase database, List<string> files, DataMapping? mapping, Experiment experiment, ProblemList problems, CancellationToken cancellationToken)
    {
        if (mapping is null) return EventFile.Load(database, files, experiment, problems, cancellationToken);
        return mapping.Columns is null
            ? WideTables.Load(database, files, mapping, experiment, problems, cancellationToken)
            : LongFile.Load(database, files, mapping, experiment, problems, cancellationToken);
    }
}
