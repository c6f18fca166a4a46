using System.Text;
using System.Text.Json;
using Assay.DuckDb;
using Assay.Events;
using Assay.Experiments;

namespace Assay.Storage;

/// <summary>An export of the platform's own events, JSON lines or Parquet with the fields of the event contract.</summary>
internal sealed class EventFile : FileTables
{
    private const int BatchSize = 50_000;

    private EventFile(FileDatabase database, Experiment experiment, int version) : base(database, experiment) => Version = version;

    public override int Version { get; }

    public static EventFile? Load(
        FileDatabase database, List<string> files, Experiment experiment, ProblemList problems, CancellationToken cancellationToken)
    {
        foreach (var file in files.Where(f => DataFormats.Of(f) == DataFormat.Csv))
            problems.Error("no-mapping", "a CSV needs to be told what its columns mean", "declare data: { unit: …, variant: …, metrics: … }, or use --unit, --variant and --metric", file);
        if (problems.HasErrors) return null;
        EventSchema.Migrate(database.Connection);
        foreach (var file in files)
        {
            try
            {
                Load(database, file, problems, cancellationToken);
            }
            catch (DuckDbException e)
            {
                problems.Error("unreadable-file", "the file cannot be read: " + e.Message.Split('\n')[0].Trim(), null, file);
            }
        }
        if (problems.HasErrors || CheckExposures(database.Connection, experiment, problems) is not { } version) return null;
        return new EventFile(database, experiment, version);
    }

    public override ExperimentMoments Read(MomentsQuery query, CancellationToken cancellationToken) =>
        MomentsReader.Read(Database.Connection, query, cancellationToken);

    public override MaturityTimes? Maturity(MomentsQuery query, IReadOnlyList<long> units, CancellationToken cancellationToken) =>
        MaturityReader.Read(Database.Connection, query, units, cancellationToken);

    private static void Load(FileDatabase database, string file, ProblemList problems, CancellationToken cancellationToken)
    {
        // A second connection reads while the first writes.
        using var reader = database.Connect();
        using var statement = reader.Prepare(DataFormats.Of(file) == DataFormat.Parquet
            ? "SELECT to_json(t) FROM read_parquet($1) t"
            : "SELECT json FROM read_json_objects($1, format = 'auto')").Bind(1, file);
        using var rows = statement.ExecuteStreaming(cancellationToken);
        var batch = new List<AssayEvent>(BatchSize);
        long line = 0, wrong = 0;
        while (rows.FetchChunk(cancellationToken) is { } next)
        {
            using var chunk = next;
            for (var row = 0; row < chunk.RowCount; row++)
            {
                line++;
                try
                {
                    batch.Add(Read(chunk[0].GetBytes(row), file, line));
                }
                catch (JsonException e)
                {
                    if (++wrong == 1) problems.Error("not-an-event", e.Message, "each line is an event with type, timestamp and a target, as in POST /api/v1/events", file, line);
                }
                if (batch.Count == BatchSize) Write(database.Connection, batch, cancellationToken);
            }
        }
        Write(database.Connection, batch, cancellationToken);
        if (line == 0) problems.Error("empty-file", "the file has no events", null, file);
        if (wrong > 1) problems.Error("not-an-event", $"{wrong - 1} more lines are no events", null, file);
    }

    private static void Write(DuckDbConnection connection, List<AssayEvent> batch, CancellationToken cancellationToken)
    {
        if (batch.Count == 0) return;
        using var transaction = connection.BeginTransaction();
        EventBatch.WithoutStored(connection, batch, cancellationToken).WriteTo(connection);
        transaction.Commit();
        batch.Clear();
    }

    // Exports may overlap: the same id is the same event, as if its client had chosen it.
    private static AssayEvent Read(ReadOnlySpan<byte> json, string file, long line)
    {
        try
        {
            return EventJson.Read(json) with { HasClientId = true };
        }
        catch (JsonException) when (WithoutId(json))
        {
            var id = JsonSerializer.Serialize($"{Path.GetFileName(file)}:{line}");
            return EventJson.Read(Encoding.UTF8.GetBytes("{\"id\":" + id + "," + Encoding.UTF8.GetString(json).TrimStart()[1..]));
        }
    }

    private static bool WithoutId(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        using var document = JsonDocument.ParseValue(ref reader);
        return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.EnumerateObject().Any()
            && !document.RootElement.TryGetProperty("id", out _);
    }

    private static int? CheckExposures(DuckDbConnection connection, Experiment experiment, ProblemList problems)
    {
        using var result = connection.Query("SELECT experiment, max(version), list_sort(list(DISTINCT variant))::VARCHAR FROM exposures GROUP BY experiment ORDER BY experiment");
        var seen = result.Rows().Select(r => (Key: r.GetString(0), Version: (int)r.GetInt64(1))).ToList();
        var found = seen.Find(s => s.Key == experiment.Key);
        if (found.Key is null)
        {
            problems.Error("no-exposures", $"the events hold no exposure to {experiment.Key}", seen.Count == 0 ? "they hold no exposures at all" : "exposures to: " + string.Join(", ", seen.Select(s => s.Key)));
            return null;
        }
        return CheckVariants(connection, experiment, found.Version, problems) ? found.Version : null;
    }

    private static bool CheckVariants(DuckDbConnection connection, Experiment experiment, int version, ProblemList problems)
    {
        var values = new SqlParameters();
        using var result = values.Query(connection, $"""
            SELECT variant, count(*) FROM exposures WHERE experiment = {values.Add(experiment.Key)} AND version = {values.Add((long)version)} GROUP BY 1 ORDER BY 2 DESC, 1
            """, CancellationToken.None);
        var seen = result.Rows().Select(r => (Variant: r.GetString(0), Count: r.GetInt64(1))).ToList();
        var strange = seen.FindAll(s => !experiment.Variants.Any(v => v.Key == s.Variant));
        if (strange.Count == 0) return true;
        problems.Error("unmapped-variant", $"exposures name variants that {experiment.Key} does not have: {string.Join(", ", strange.Select(s => s.Variant))}; seen: {string.Join(", ", seen.Select(s => $"{s.Variant} ({s.Count})"))}");
        return false;
    }
}
