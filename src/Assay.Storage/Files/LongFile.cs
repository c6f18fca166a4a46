using Assay.Events;
using Assay.Experiments;

namespace Assay.Storage;

/// <summary>Files with one row per event: unit, metric, value, and a time if there is one. They become exposures and outcomes.</summary>
internal sealed class LongFile : FileTables
{
    private readonly bool _hasTimes;

    private LongFile(FileDatabase database, Experiment experiment, bool hasTimes) : base(database, experiment) => _hasTimes = hasTimes;

    public static LongFile? Load(
        FileDatabase database, List<string> files, DataMapping mapping, Experiment experiment, ProblemList problems, CancellationToken cancellationToken)
    {
        var columns = mapping.Columns!;
        var variant = mapping.Variant ?? columns.Variant;
        if (variant is null)
        {
            problems.Error("no-variant-column", "the data says no column for the variant", "data: { variant: … }");
            return null;
        }
        var wanted = new[] { columns.Unit, columns.Timestamp, columns.Metric, columns.Value, variant }.OfType<string>()
            .Concat(Attributes(mapping, experiment)).Concat(mapping.Covariates).Concat(IdColumns.Of(mapping, experiment).Select(id => id.Column));
        if (RawTable.Load(database.Connection, files, wanted, problems, cancellationToken) is not { } raw) return null;
        var rebased = LongMetrics.Rebase(experiment, database.Connection, raw, columns, problems);
        ColumnChecks.Units(database.Connection, raw, columns.Unit, problems);
        VariantValues.Check(database.Connection, raw, variant, mapping, experiment, emptyIsProblem: false, problems);
        LongMetrics.CheckNumbers(database.Connection, raw, columns, rebased, problems);
        if (columns.Timestamp is { } timestamp) TimeColumn.Check(database.Connection, raw, timestamp, problems);
        if (problems.HasErrors) return null;
        Create(database, raw, mapping, columns, variant, rebased, cancellationToken);
        CheckExposed(database, raw, columns.Unit, [.. IdColumns.Of(mapping, experiment).Select(id => id.Field)], problems);
        return new LongFile(database, rebased, columns.Timestamp is not null);
    }

    public override ExperimentMoments Read(MomentsQuery query, CancellationToken cancellationToken)
    {
        var moments = MomentsReader.Read(
            Database.Connection, query with { Experiment = Experiment, Version = Version, AsOf = _hasTimes ? query.AsOf : null }, cancellationToken, _hasTimes);
        return _hasTimes ? moments : moments with { DataUntil = null };
    }

    public override MaturityTimes? Maturity(MomentsQuery query, IReadOnlyList<long> units, CancellationToken cancellationToken) =>
        _hasTimes ? MaturityReader.Read(Database.Connection, query with { Experiment = Experiment, Version = Version }, units, cancellationToken) : null;

    private static IEnumerable<string> Attributes(DataMapping mapping, Experiment experiment) =>
        mapping.Attributes.Concat(mapping.Covariates).Concat(experiment.Segments.Select(s => s.Attribute)).Concat(PlanColumns.All(experiment)).Distinct();

    // A row may name a unit by another of its ids, as an event may.
    private static void CheckExposed(FileDatabase database, RawTable raw, string column, string[] ids, ProblemList problems) =>
        ColumnChecks.Report(database.Connection, raw, column, raw.Text(column), $"{raw.Text(column)} NOT IN (SELECT unit FROM exposures{string.Concat(ids.Select(id => $" UNION SELECT {id} FROM exposures WHERE {id} IS NOT NULL"))})", new SqlParameters(), (count, value, file, line) =>
            problems.Warning("no-variant", $"the unit {value} has a variant in none of its rows{ColumnChecks.Others(count)}", "such rows are left out", file, line, column));

    private static void Create(
        FileDatabase database, RawTable raw, DataMapping mapping, LongColumns columns, string variantColumn, Experiment experiment, CancellationToken cancellationToken)
    {
        EventSchema.Migrate(database.Connection);
        // Without times a row's place in the file orders it, behind an exposure at the very start.
        var time = columns.Timestamp is { } timestamp ? TimeColumn.Sql(raw, timestamp) : "make_timestamp(row_number() OVER (ORDER BY file_index, line))";
        var values = new SqlParameters();
        var attributes = AttributesJson(raw, Attributes(mapping, experiment).ToList(), values);
        var variant = VariantValues.Index(raw.Text(variantColumn), mapping, experiment, values);
        values.Execute(database.Connection, $"""
            CREATE OR REPLACE TABLE long_rows AS
            SELECT {time} AS ts, {raw.Text(columns.Unit)} AS unit, {raw.Text(columns.Metric)} AS metric, {raw.Number(columns.Value)} AS value,
                {raw.Text(columns.Value)} AS shown, {variant} AS v, {attributes} AS attributes, file_index, line{string.Concat(IdColumns.Of(mapping, experiment).Select(id => $", {raw.Text(id.Column)} AS {id.Field}"))}
            FROM {RawTable.Name} WHERE {raw.Text(columns.Unit)} IS NOT NULL
            """, cancellationToken);
        CreateExposures(database, columns, [.. IdColumns.Of(mapping, experiment).Select(id => id.Field)], experiment, cancellationToken);
        database.Connection.Execute("""
            INSERT INTO outcomes
            SELECT file_index || ':' || line, ts, NULL, metric, value, CASE WHEN value IS NULL THEN shown END, unit, NULL, NULL, NULL, attributes
            FROM long_rows WHERE metric IS NOT NULL
            """, cancellationToken);
        // Where a conversation's closing is asked for, every row says that it was still open.
        if (experiment.Metrics.Any(m => m.Metric.Window is { To: null }))
            database.Connection.Execute("""
                INSERT INTO generations (generation_id, ts, unit, status) SELECT file_index || ':' || line, ts, unit, 'ok' FROM long_rows
                """, cancellationToken);
    }

    private static void CreateExposures(FileDatabase database, LongColumns columns, string[] ids, Experiment experiment, CancellationToken cancellationToken)
    {
        var values = new SqlParameters();
        var key = values.Add(experiment.Key);
        var names = string.Join(' ', experiment.Variants.Select((v, i) => $"WHEN {i} THEN {values.Add(v.Key)}"));
        values.Execute(database.Connection, $"""
            INSERT INTO exposures (exposure_id, exposure_hash, experiment, version, unit, variant, ts, attributes{string.Concat(ids.Select(id => ", " + id))})
            SELECT unit, 0, {key}, 1, unit, CASE v {names} END, {(columns.Timestamp is null ? "make_timestamp(min(epoch_us(ts)) - min(min(epoch_us(ts))) OVER (PARTITION BY unit))" : "min(ts)")},
                arg_min_null(attributes, (ts, file_index, line)){string.Concat(ids.Select(id => $", arg_min({id}, (ts, file_index, line))"))}
            FROM long_rows WHERE v IS NOT NULL GROUP BY unit, v
            """, cancellationToken);
    }

    private static string AttributesJson(RawTable raw, List<string> attributes, SqlParameters values)
    {
        if (attributes.Count == 0) return "NULL::VARCHAR";
        return $"json_object({string.Join(", ", attributes.Select(a => $"{values.Add(a)}, {Json(raw.Text(a))}"))})::VARCHAR";
    }

    private static string Json(string text) => $"""
        CASE WHEN {text} IS NULL THEN NULL
            WHEN regexp_full_match({text}, '-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?') THEN {text}::JSON
            WHEN lower({text}) IN ('true', 'false') THEN lower({text})::JSON ELSE to_json({text}) END
        """;
}
