using Assay.Events;
using Assay.Experiments;

namespace Assay.Storage;

/// <summary>Files that have been read into tables.</summary>
internal abstract class FileTables(FileDatabase database, Experiment experiment) : IDisposable
{
    /// <summary>The experiment as the tables hold it: sources may point to columns.</summary>
    public Experiment Experiment { get; } = experiment;

    public virtual int Version => 1;

    protected FileDatabase Database { get; } = database;

    /// <summary>When so many units had matured; null for rows without times.</summary>
    public virtual MaturityTimes? Maturity(MomentsQuery query, IReadOnlyList<long> units, CancellationToken cancellationToken) => null;

    public abstract ExperimentMoments Read(MomentsQuery query, CancellationToken cancellationToken);

    public void Dispose() => Database.Dispose();
}
