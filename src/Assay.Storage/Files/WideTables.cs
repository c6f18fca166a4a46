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

    private bool HasTimes => _mapping.Timestamp is not null;

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
        try
        {
            var until = HasTimes ? Newest(query.AsOf, cancellationToken) : null;
            if (HasTimes && query.AsOf is not null) Restrict(until ?? long.MinValue, cancellationToken);
            var context = new MomentsContext(Database.Connection, query with { Experiment = Experiment }, until ?? 0, _plans, cancellationToken);
            if (query.WithDiagnostics)
                context.CoarserId = CoarserIds.Choose(
                    IdColumns.Of(_mapping, Experiment).Select(id => (id.Kind, $"SELECT u.u, {_raw.Text(id.Column)} AS k FROM {UnitTable.Name} u JOIN wide_rows w ON u.r = w.r WHERE k IS NOT NULL")), new SqlParameters(), context);
            var burntIn = HasTimes ? BurnIn.Apply(context) : 0;
            UnitValues.Create(context);
            context.Covariates = CovariateTable.Create(context);
            var summary = MomentsSummary.Read(context, until is { } micros ? MaturityReader.Time(micros) : null);
            return summary with { BurnInUnits = burntIn, Diagnostics = query.WithDiagnostics ? DiagnosticsReader.FromUnits(context, summary.Metrics, Files(context)) : null };
        }
        finally
        {
            MomentsReader.DropTables(Database.Connection);
        }
    }

    public override MaturityTimes? Maturity(MomentsQuery query, IReadOnlyList<long> units, CancellationToken cancellationToken)
    {
        if (!HasTimes) return null;
        var context = new MomentsContext(Database.Connection, query with { Experiment = Experiment }, Newest(null, cancellationToken) ?? 0, _plans, cancellationToken);
        BurnIn.Apply(context);
        return MaturityReader.Read(context, (new SqlParameters(), $"SELECT u.u, min(w.first_us) AS c FROM wide_rows w JOIN {UnitTable.Name} u USING (unit) WHERE w.v <> u.v GROUP BY u.u"), units);
    }

    private long? Newest(DateTimeOffset? asOf, CancellationToken cancellationToken)
    {
        var until = asOf is { } time ? $" WHERE first_us <= {MomentsContext.Number(MaturityReader.Micros(time))}" : "";
        using var result = Database.Connection.Query($"SELECT max(first_us) FROM wide_rows{until}", cancellationToken);
        return result.Rows(cancellationToken).First().GetNullableInt64(0);
    }

    /// <summary>The units as they were known at a time, in place of all until this reading drops its tables.</summary>
    private void Restrict(long until, CancellationToken cancellationToken)
    {
        using var name = Database.Connection.Query("SELECT current_database()", cancellationToken);
        var main = $"\"{name.Rows(cancellationToken).First().GetString(0)}\".main.";
        var end = MomentsContext.Number(until);
        Database.Connection.Execute($"""
            CREATE TEMP TABLE {UnitTable.Name} AS
            SELECT u.* REPLACE (crossed AND EXISTS (SELECT 1 FROM wide_rows w WHERE w.unit = u.unit AND w.v <> u.v AND w.first_us <= {end}) AS crossed)
            FROM {main}{UnitTable.Name} u WHERE first_us <= {end}
            """, cancellationToken);
        foreach (var component in MetricPlan.Components(_plans).Where(c => c.IsEvents))
            Database.Connection.Execute($"""
                CREATE TEMP TABLE {component.EventsTable} AS
                SELECT e.* REPLACE (u.crossed AS crossed) FROM {main}{component.EventsTable} e JOIN {UnitTable.Name} u USING (u)
                """, cancellationToken);
    }

    private ImmutableArray<SourceCounts> Files(MomentsContext context)
    {
        using var result = Database.Connection.Query(
            $"SELECT w.file_index, u.v, count(*) FROM {UnitTable.Name} u JOIN wide_rows w ON u.r = w.r GROUP BY ALL ORDER BY ALL", context.CancellationToken);
        return ArrivalReader.Sources("file", result.Rows().Select(r => ((string?)Path.GetFileName(_raw.File(r.GetInt64(0))), (int)r.GetInt64(1), r.GetInt64(2))), context);
    }
}
