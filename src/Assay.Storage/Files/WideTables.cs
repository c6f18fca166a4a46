using System.Collections.Immutable;
using Assay.Events;
using Assay.Experiments;

namespace Assay.Storage;

/// <summary>Units and unit values from files with one row per unit.</summary>
internal sealed class WideTables : FileTables
{
    private readonly ImmutableArray<MetricPlan> _plans;

    private readonly RawTable _raw;

    private readonly DataMapping _mapping;

    private WideTables(FileDatabase database, Experiment experiment, ImmutableArray<MetricPlan> plans, RawTable raw, DataMapping mapping) : base(database, experiment) =>
        (_plans, _raw, _mapping) = (plans, raw, mapping);

    public static WideTables? Load(
        FileDatabase database, List<string> files, DataMapping mapping, Experiment experiment, ProblemList problems, CancellationToken cancellationToken)
    {
        if (mapping.Variant is null) problems.Error("no-variant-column", "the data says no column for the variant", "data: { variant: … }");
        var rebased = WideFile.Rebase(experiment, mapping, problems);
        if (problems.HasErrors) return null;
        if (RawTable.Load(database.Connection, files, WideFile.Columns(rebased, mapping), problems, cancellationToken) is not { } raw) return null;
        var plans = MetricPlan.For(rebased, _ => EventTable.Wide);
        WideFile.Create(database.Connection, raw, mapping, rebased, plans, problems);
        return problems.HasErrors ? null : new WideTables(database, rebased, plans, raw, mapping);
    }

    public override ExperimentMoments Read(MomentsQuery query, CancellationToken cancellationToken)
    {
        var context = new MomentsContext(Database.Connection, query with { Experiment = Experiment }, 0, _plans, cancellationToken);
        if (query.WithDiagnostics)
            context.CoarserId = CoarserIds.Choose(
                IdColumns.Of(_mapping, Experiment).Select(id => (id.Kind, $"SELECT u.u, {_raw.Text(id.Column)} AS k FROM {UnitTable.Name} u JOIN wide_rows w ON u.r = w.r WHERE k IS NOT NULL")), new SqlParameters(), context);
        UnitValues.Create(context);
        context.Covariates = CovariateTable.Create(context);
        var summary = MomentsSummary.Read(context, null);
        return summary with { Diagnostics = query.WithDiagnostics ? DiagnosticsReader.FromUnits(context, summary.Metrics, Files(context)) : null };
    }

    private ImmutableArray<SourceCounts> Files(MomentsContext context)
    {
        using var result = Database.Connection.Query(
            $"SELECT w.file_index, u.v, count(*) FROM {UnitTable.Name} u JOIN wide_rows w ON u.r = w.r GROUP BY ALL ORDER BY ALL", context.CancellationToken);
        return ArrivalReader.Sources("file", result.Rows().Select(r => ((string?)Path.GetFileName(_raw.File(r.GetInt64(0))), (int)r.GetInt64(1), r.GetInt64(2))), context);
    }
}
