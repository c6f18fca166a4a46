using System.Buffers;
using System.Text;
using Assay.Events;
using Assay.Experiments;
using static Assay.Storage.Tests.Given;

namespace Assay.Storage.Tests.Files;

public sealed class EventFileTests : IDisposable
{
    private static readonly Metric[] Metrics = [Proportion("resolved"), Quantile("p50", 0.5)];

    private static readonly AssayEvent[] Events =
    [
        Exposure("a", "control", version: 2, attributes: """{"plan":"pro"}"""), Exposure("b", "treatment", version: 2), Exposure("c", "control", version: 1),
        Generation("a", latencyMs: 100), Generation("b", latencyMs: 200, assignments: [Assigned("b", "treatment", 2)]),
        Outcome("a", "resolved", 1, 5), Outcome("b", "resolved", 0, 7),
    ];

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Read_ExportedEvents_GivesTheMomentsOfTheNewestVersion()
    {
        // The same file twice: exports may overlap, and an event is one event.
        var one = _folder.Write("one.jsonl", Lines());
        var two = _folder.Write("two.jsonl", Lines());

        var moments = await ReadAsync([one, two]);

        Assert.Equal([1L, 1], moments.Arms.Select(a => a.Exposed));
        Assert.Equal([1L, 0], moments.Metrics[0].Arms.Select(a => a.Successes));
        Assert.Equal([1L, 1], moments.Metrics[1].Arms.Select(a => a.Quantile!.Events));
        Assert.Equal(At(7), moments.DataUntil);
    }

    [Fact]
    public async Task Read_EventsInParquet_AreTheSame()
    {
        var json = _folder.Write("events.jsonl", Lines());
        using (var database = Assay.DuckDb.DuckDbDatabase.Open())
        using (var connection = database.Connect())
            connection.Execute($"COPY (SELECT * FROM read_json('{json}', format = 'newline_delimited', convert_strings_to_integers = false, columns = {{type: 'VARCHAR', id: 'VARCHAR', timestamp: 'VARCHAR', experiment: 'VARCHAR', version: 'INTEGER', unit: 'VARCHAR', variant: 'VARCHAR', metric: 'VARCHAR', value: 'DOUBLE', latencyMs: 'DOUBLE', status: 'VARCHAR', ids: 'STRUCT(conversation VARCHAR)'}})) TO '{_folder.File("events.parquet")}' (FORMAT parquet)");

        var moments = await ReadAsync([_folder.File("events.parquet")]);

        Assert.Equal([1L, 0], moments.Metrics[0].Arms.Select(a => a.Successes));
        Assert.Equal(100, moments.Metrics[1].Arms[0].Quantile!.Value);
    }

    [Fact]
    public async Task Read_HandWrittenEventsWithoutIds_AreTaken()
    {
        var path = _folder.Write("events.jsonl", """
            {"type":"exposure","timestamp":"2026-01-05T08:00:00Z","experiment":"exp","unit":"a","variant":"control"}
            {"type":"outcome","timestamp":"2026-01-05T08:01:00Z","unit":"a","metric":"resolved"}
            {"type":"outcome","timestamp":"2026-01-05T08:01:00Z","unit":"a","metric":"resolved","value":true}
            """);

        var moments = await ReadAsync([path]);

        Assert.Equal((1, 1), (moments.Metrics[0].Arms[0].Units, moments.Metrics[0].Arms[0].Successes));
    }

    [Fact]
    public async Task Open_LineThatIsNoEvent_IsNamed()
    {
        var path = _folder.Write("events.jsonl", Lines() + """{"type":"exposure","experiment":"exp","unit":"a","variant":"control"}""" + "\n");

        var problem = Assert.Single((await FileMomentSource.OpenAsync([path], null, Experiment(Metrics))).Problems);

        Assert.Equal(("not-an-event", 8L), (problem.Code, problem.Line));
    }

    [Fact]
    public async Task Open_EventsOfOtherExperiments_AreListed()
    {
        var path = _folder.Write("events.jsonl", Lines());

        var problem = Assert.Single((await FileMomentSource.OpenAsync([path], null, Experiment(Metrics) with { Key = "other" })).Problems);

        Assert.Equal(("no-exposures", "exposures to: exp"), (problem.Code, problem.Hint));
    }

    private static string Lines()
    {
        var buffer = new ArrayBufferWriter<byte>();
        foreach (var e in Events)
        {
            EventJson.Write(buffer, e);
            buffer.Write("\n"u8);
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static async Task<ExperimentMoments> ReadAsync(string[] paths)
    {
        var result = await FileMomentSource.OpenAsync(paths, null, Experiment(Metrics));
        Assert.Empty(result.Problems);
        using var source = result.Source!;
        return await source.ReadMomentsAsync(new MomentsQuery(Experiment(Metrics), source.Version));
    }
}
