using System.Collections.Immutable;
using System.Globalization;
using Assay.DuckDb;
using Assay.Experiments;

namespace Assay.Storage;

/// <summary>A file with one row per unit: its columns become the units and unit values that the moments are made of.</summary>
internal static class WideFile
{
    /// <summary>The experiment with each metric's source turned to its column of the file.</summary>
    public static Experiment Rebase(Experiment experiment, DataMapping mapping, ProblemList problems) =>
        experiment with { Metrics = [.. experiment.Metrics.Select(m => m with { Metric = Rebase(m, mapping, problems) })] };

    public static IEnumerable<string> Columns(Experiment experiment, DataMapping mapping) =>
        new[] { mapping.Unit, mapping.Variant, mapping.Timestamp }.OfType<string>()
            .Concat(MetricColumns(experiment)).Concat(mapping.Attributes).Concat(mapping.Covariates).Concat(IdColumns.Of(mapping, experiment).Select(id => id.Column)).Concat(PlanColumns.All(experiment)).Concat(experiment.Segments.Select(s => s.Attribute));

    public static void Create(
        DuckDbConnection connection, RawTable raw, DataMapping mapping, Experiment experiment, ImmutableArray<MetricPlan> plans, ProblemList problems)
    {
        if (mapping.Unit is not null) ColumnChecks.Units(connection, raw, mapping.Unit, problems);
        VariantValues.Check(connection, raw, mapping.Variant!, mapping, experiment, emptyIsProblem: true, problems);
        foreach (var column in MetricColumns(experiment).Distinct())
            ColumnChecks.Numbers(connection, raw, column, RefusesNegative(plans, column), "TRUE", new SqlParameters(), problems);
        foreach (var plan in plans.Where(p => p.Type == MetricType.Proportion && p.Value.Source.Column is not null)) CheckProportion(connection, raw, plan, problems);
        foreach (var column in PlanColumns.Covariates(experiment)) ColumnChecks.Numbers(connection, raw, column, false, "TRUE", new SqlParameters(), problems);
        if (mapping.Timestamp is { } timestamp) TimeColumn.Check(connection, raw, timestamp, problems);
        if (experiment.Plan.BurnIn > TimeSpan.Zero && mapping.Timestamp is null) problems.Warning("burn-in-without-times", "the burn-in cannot be applied to a file without times: leave its rows out of the file", "or name the column of the first exposure: data.timestamp");
        if (experiment.Plan.Covariates.Any(c => c.Metric is not null)) problems.Warning("covariate-without-times", "a covariate is a metric before the exposure, which a file without times cannot tell: estimates are not adjusted by it", "plan.covariate: { attribute: a column of the file }");
        CreateRows(connection, raw, mapping, experiment);
        if (mapping.Unit is { } unit) CheckDuplicates(connection, raw, unit, experiment, problems);
        if (!problems.HasErrors) CreateValues(connection, raw, experiment, plans);
    }

    private static Metric Rebase(ExperimentMetric m, DataMapping mapping, ProblemList problems)
    {
        var declared = mapping.Metrics.FirstOrDefault(d => d.Name == m.Metric.Name) ?? m.Metric;
        var column = declared.Source.Column;
        var denominator = declared.Denominator?.Column;
        var isThere = column is not null && (m.Metric.Type != MetricType.Ratio || denominator is not null);
        if (!isThere)
        {
            var message = $"the data says no column for the metric {m.Metric.Name}";
            var hint = $"under data.metrics: {m.Metric.Name}: {{ column: … }}";
            if (m.Role == MetricRole.Primary) problems.Error("no-metric-column", message, hint);
            else problems.Warning("no-metric-column", message + ": it cannot be estimated", hint);
        }
        if (m.Metric.Window is not null)
            problems.Warning("window-not-applied", $"the window of {m.Metric.Name} cannot be applied to a file with one row per unit", "the column is taken to hold each unit's final value");
        return m.Metric with
        {
            Window = null,
            Missing = isThere ? m.Metric.Missing : MissingRule.Exclude,
            Source = new MetricSource(m.Metric.Name, "value", AggregateKind.Last, null, isThere ? column : null),
            Denominator = m.Metric.Type == MetricType.Ratio ? new MetricSource(m.Metric.Name, "value", AggregateKind.Last, null, isThere ? denominator : null) : null,
        };
    }

    private static IEnumerable<string> MetricColumns(Experiment experiment) =>
        experiment.Metrics.SelectMany(m => new[] { m.Metric.Source.Column, m.Metric.Denominator?.Column }).OfType<string>();

    private static bool RefusesNegative(ImmutableArray<MetricPlan> plans, string column) =>
        MetricPlan.Components(plans).Any(c => c.RefusesNegative && c.Source.Column == column);

    private static void CheckProportion(DuckDbConnection connection, RawTable raw, MetricPlan plan, ProblemList problems)
    {
        var column = plan.Value.Source.Column!;
        ColumnChecks.Report(connection, raw, column, raw.Text(column), $"{raw.Number(column)} NOT IN (0, 1)", new SqlParameters(), (count, value, file, line) =>
            problems.Warning("not-zero-or-one", $"{value} in column {column} of the proportion {plan.Metric.Metric.Name} is neither 0 nor 1{ColumnChecks.Others(count)}", "everything but 0 counts as a success", file, line, column));
    }

    // One unit in two variants has crossed and is set aside later; twice in one variant there are two values and no telling which is right.
    private static void CheckDuplicates(DuckDbConnection connection, RawTable raw, string column, Experiment experiment, ProblemList problems)
    {
        using var result = connection.Query("""
            SELECT unit, v, n, file_index, line, count(*) OVER () FROM (
                SELECT unit, v, count(*) AS n, arg_max(file_index, r) AS file_index, arg_max(line, r) AS line, min(r) AS first_r
                FROM wide_rows WHERE unit IS NOT NULL AND v IS NOT NULL GROUP BY unit, v HAVING count(*) > 1)
            ORDER BY first_r LIMIT 1
            """);
        foreach (var row in result.Rows())
        {
            var units = row.GetInt64(5);
            problems.Error(
                "duplicate-unit", string.Create(CultureInfo.InvariantCulture,
                    $"the unit {row.GetString(0)} has {row.GetInt64(2)} rows in {experiment.Variants[(int)row.GetInt64(1)].Key}{(units == 1 ? "" : $", and {units - 1} more units have several")}"),
                "a wide file has one row per unit; for one row per event declare data.columns", raw.File(row.GetInt64(3)), row.GetInt64(4), column);
        }
    }

    private static void CreateRows(DuckDbConnection connection, RawTable raw, DataMapping mapping, Experiment experiment)
    {
        var values = new SqlParameters();
        var unit = mapping.Unit is { } column ? raw.Text(column) : "(file_index, line)::VARCHAR";
        var variant = VariantValues.Index(raw.Text(mapping.Variant!), mapping, experiment, values);
        values.Execute(connection, $"""
            CREATE OR REPLACE TABLE wide_rows AS
            SELECT *, {unit} AS unit, {variant} AS v, {FirstExposure(raw, mapping)} AS first_us, row_number() OVER (ORDER BY {FirstExposure(raw, mapping)}, file_index, line) AS r FROM {RawTable.Name}
            """, CancellationToken.None);
    }

    // Rows come in the order of their times; without times in that of the file.
    private static string FirstExposure(RawTable raw, DataMapping mapping) => mapping.Timestamp is { } column ? $"epoch_us({TimeColumn.Sql(raw, column)})" : "0::BIGINT";

    private static void CreateValues(DuckDbConnection connection, RawTable raw, Experiment experiment, ImmutableArray<MetricPlan> plans)
    {
        var segments = string.Concat(experiment.Segments.Select((s, i) => $", {raw.Text(s.Attribute)} AS s{i}"));
        var covariates = string.Concat(experiment.Plan.Covariates.Select((c, j) => c.Attribute is { } column ? $", {raw.Number(column)} AS cv{j}" : ""));
        connection.Execute($"""
            CREATE OR REPLACE TABLE {UnitTable.Name} AS
            SELECT (row_number() OVER () - 1)::INTEGER AS u, w.unit, w.v, w.first_us, f.crossed, w.r{segments}{covariates}{StratumTable.Column(experiment.Plan.Strata, raw.Text)}
            FROM wide_rows w JOIN (SELECT unit, min(r) AS r, min(v) <> max(v) AS crossed FROM wide_rows WHERE unit IS NOT NULL AND v IS NOT NULL GROUP BY unit) f ON w.r = f.r
            """);
        var cells = MetricPlan.Components(plans).Where(c => !c.IsEvents).Select(c => $", {Valid(c, raw)} AS {c.X}, ({Refused(c, raw)})::INTEGER AS {c.Bad}");
        connection.Execute($"CREATE OR REPLACE TABLE {EventTable.Wide.ValuesName} AS SELECT u{string.Concat(cells)} FROM {UnitTable.Name} u JOIN wide_rows w ON u.r = w.r");
        foreach (var component in MetricPlan.Components(plans).Where(c => c.IsEvents))
        {
            var names = string.Concat(experiment.Segments.Select((_, i) => $", u.s{i}"));
            connection.Execute($"""
                CREATE OR REPLACE TABLE {component.EventsTable} AS
                SELECT u.u, u.v, u.crossed{names}, {Valid(component, raw)} AS x FROM {UnitTable.Name} u JOIN wide_rows w ON u.r = w.r
                WHERE {Number(component, raw)} IS NOT NULL
                """);
        }
    }

    private static string Number(Component component, RawTable raw) => component.Source.Column is { } column ? raw.Number(column) : "NULL::DOUBLE";

    private static string Refused(Component component, RawTable raw)
    {
        var number = Number(component, raw);
        return $"coalesce(NOT isfinite({number}){(component.RefusesNegative ? $" OR {number} < 0" : "")}, FALSE)";
    }

    private static string Valid(Component component, RawTable raw) => $"CASE WHEN NOT {Refused(component, raw)} THEN {Number(component, raw)} END";
}
