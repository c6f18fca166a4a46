using System.Collections.Immutable;
using Assay.Events;
using Assay.Experiments;

namespace Assay.Storage;

/// <summary>Units and unit values from files with one row per unit.</summary>
internal sealed class WideTables : FileTables
{
    private readonly ImmutableArray<MetricPlan> _plans;

    private WideTables(FileDatabase database, Experiment experiment, ImmutableArray<MetricPlan> plans) : base(database, experiment) => _plans = plans;

    public static WideTables? Load(
        FileDatabase database, List<string> files, DataMapping mapping, Experiment experiment, ProblemList problems, CancellationToken cancellationToken)
    {
        if (mapping.Variant is null) problems.Error("no-variant-column", "the data says no column for the variant", "data: { variant: … }");
        var rebased = WideFile.Rebase(experiment, mapping, problems);
        if (problems.HasErrors) return null;
        if (RawTable.Load(database.Connection, files, WideFile.Columns(rebased, mapping), problems, cancellationToken) is not { } raw) return null;
        var plans = MetricPlan.For(rebased, _ => EventTable.Wide);
        WideFile.Create(database.Connection, raw, mapping, rebased, plans, problems);
        return problems.HasErrors ? null : new WideTables(database, rebased, plans);
    }

    public override ExperimentMoments Read(MomentsQuery query, CancellationToken cancellationToken)
    {
        using var transaction = Database.Connection.BeginTransaction();
        return MomentsSummary.Read(new MomentsContext(Database.Connection, query with { Experiment = Experiment }, 0, _plans, cancellationToken), null);
    }
}
