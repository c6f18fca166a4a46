using System.Collections.Immutable;
using System.IO.Compression;
using Assay.Events;
using Assay.Experiments;
using static Assay.Storage.Tests.Given;

namespace Assay.Storage.Tests.Files;

/// <summary>Every kind of wrong file, with what the user is told.</summary>
public sealed class FileProblemTests : IDisposable
{
    private static readonly Metric[] Metrics = [Proportion("ok"), Mean("score")];

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Open_MissingFile_IsNamed() =>
        AssertProblem(await OpenAsync(_folder.File("none.csv")), "missing-file", null, "there is no file");

    [Fact]
    public async Task Open_GlobWithoutMatch_IsNamed() =>
        AssertProblem(await OpenAsync(_folder.File("*.csv")), "no-match", null, "no file matches");

    [Fact]
    public async Task Open_EmptyFile_IsNamed() =>
        AssertProblem(await OpenAsync(_folder.Write("a.csv", "")), "empty-file", null, "empty");

    [Fact]
    public async Task Open_HeaderOnly_HasNoRows() =>
        AssertProblem(await OpenAsync(_folder.Write("a.csv", "unit,arm,ok,score\n")), "empty-file", null, "no rows");

    [Fact]
    public async Task Open_UnknownEnding_IsNamed() =>
        AssertProblem(await OpenAsync(_folder.Write("a.xlsx", "x")), "unknown-format", null, ".csv");

    [Fact]
    public async Task Open_MissingColumn_ListsThoseSeenAndTheNearest() =>
        AssertProblem(await OpenAsync(_folder.Write("a.csv", "unit,arm,ok,scor\n1,control,1,2\n")), "missing-column", null, "did you mean scor? there are: unit, arm, ok, scor");

    [Fact]
    public async Task Open_TextWhereNumbersBelong_IsNamedWithLineAndCount() =>
        AssertProblem(await OpenAsync(_folder.Write("a.csv", "unit,arm,ok,score\n1,control,1,2\n2,treatment,0,two\n3,control,1,NA\n")), "not-a-number", 3, "two in column score is no number, and 1 more row");

    [Fact]
    public async Task Open_UnmappedVariant_ListsThoseSeenWithCounts() =>
        AssertProblem(
            await OpenAsync(_folder.Write("a.csv", "unit,arm,ok,score\n1,control,1,2\n2,treatmant,0,2\n3,control,1,3\n4,,1,3\n")), "unmapped-variant", 3,
            "2 values of arm are no variant: treatmant, (empty); seen: control (2), treatmant (1), (empty) (1)");

    [Fact]
    public async Task Open_UnitTwiceInOneVariant_IsNamed() =>
        AssertProblem(await OpenAsync(_folder.Write("a.csv", "unit,arm,ok,score\n1,control,1,2\n2,treatment,0,2\n1,control,0,3\n")), "duplicate-unit", 4, "the unit 1 has 2 rows in control");

    [Fact]
    public async Task Open_NoColumnForThePrimary_IsAnError()
    {
        var result = await FileMomentSource.OpenAsync([_folder.Write("a.csv", "unit,arm\n1,control\n")], new DataMapping { Unit = "unit", Variant = "arm" }, Experiment(Metrics));

        Assert.Equal(["no-metric-column"], result.Errors.Select(p => p.Code));
        Assert.Equal(["no-metric-column"], result.Warnings.Select(p => p.Code));
    }

    [Fact]
    public async Task Open_CsvWithoutMapping_SaysWhatToDeclare()
    {
        var result = await FileMomentSource.OpenAsync([_folder.Write("a.csv", "unit,arm\n1,control\n")], null, Experiment(Metrics));

        AssertProblem(result, "no-mapping", null, "data: { unit:");
    }

    [Fact]
    public async Task Open_DoubtfulValues_AreWarnedAboutLeftOutAndCounted()
    {
        var path = _folder.Write("a.csv", "unit,arm,ok,score,n\n1,control,1,2,1\n2,treatment,TRUE,inf,2\n3,control,false,nan,-4\n,control,1,1,1\n4,treatment,,3,3\n");
        Metric[] metrics = [.. Metrics, Metric("n", MetricType.Count, "n", AggregateKind.Count)];
        var result = await FileMomentSource.OpenAsync([path], Mapping(metrics), Experiment(metrics));

        Assert.Equal([("no-unit", 5L), ("not-finite", 3), ("negative-count", 4)], result.Problems.Select(p => (p.Code, p.Line!.Value)));
        using var source = result.Source!;
        var moments = await source.ReadMomentsAsync(new MomentsQuery(Experiment(metrics), 1));
        Assert.Equal((2, 1, 2, 1), (moments.Metrics[0].Arms[0].Units, moments.Metrics[0].Arms[0].Successes, moments.Metrics[0].Arms[1].Units, moments.Metrics[0].Arms[1].Successes));
        Assert.Equal((1, 2, 1), (moments.Metrics[1].Arms[0].Units, moments.Metrics[1].Arms[0].Mean, moments.Metrics[1].Arms[0].InvalidRows));
        Assert.Equal((2, 0.5, 1), (moments.Metrics[2].Arms[0].Units, moments.Metrics[2].Arms[0].Mean, moments.Metrics[2].Arms[0].InvalidRows));
    }

    [Fact]
    public async Task Open_BrokenJson_IsUnreadable() =>
        Assert.Contains((await OpenAsync(_folder.Write("a.jsonl", "{\"unit\":1\n{\"unit\":")).ConfigureAwait(true)).Errors, p => p.Code == "unreadable-file");

    [Fact]
    public async Task Read_UnitInBothVariants_HasCrossed()
    {
        var result = await OpenAsync(_folder.Write("a.csv", "unit,arm,ok,score\n1,treatment,1,2\n2,control,1,4\n1,control,0,8\n"));

        Assert.Empty(result.Problems);
        using var source = result.Source!;
        var moments = await source.ReadMomentsAsync(new MomentsQuery(Experiment(Metrics), 1));
        Assert.Equal([new ArmUnits("control", 1, 0), new ArmUnits("treatment", 1, 1)], moments.Arms);
        Assert.Equal(0, moments.Metrics[1].Arms[1].Units);
        Assert.Equal(2, moments.Metrics[1].IntentionToTreat[1].Mean);
    }

    [Fact]
    public async Task Read_GzipJsonLinesParquetAndGlobs_AreTheSameRows()
    {
        const string csv = "unit,arm,ok,score\n1,control,1,2\n2,treatment,0,4\n3,control,1,6\n";
        _folder.Write("a/one.csv", "unit,arm,ok,score\n1,control,1,2\n");
        _folder.Write("a/two.csv", "unit,arm,ok,score\n2,treatment,0,4\n3,control,1,6\n");
        using (var zipped = new GZipStream(File.Create(_folder.File("b.csv.gz")), CompressionMode.Compress)) zipped.Write(System.Text.Encoding.UTF8.GetBytes(csv));
        _folder.Write("c.jsonl", """
            {"unit":1,"arm":"control","ok":true,"score":2}
            {"unit":2,"arm":"treatment","ok":false,"score":4}
            {"unit":3,"arm":"control","ok":true,"score":6.0}
            """);
        using (var database = Assay.DuckDb.DuckDbDatabase.Open())
        using (var connection = database.Connect())
            connection.Execute($"COPY (SELECT * FROM (VALUES (1, 'control', true, 2.0), (2, 'treatment', false, 4), (3, 'control', true, 6)) t(unit, arm, ok, score)) TO '{_folder.File("d.parquet")}' (FORMAT parquet)");
        foreach (var path in new[] { _folder.File("a/*.csv"), _folder.File("b.csv.gz"), _folder.File("c.jsonl"), _folder.File("d.parquet") })
        {
            var result = await OpenAsync(path);
            Assert.Empty(result.Problems);
            using var source = result.Source!;
            var moments = await source.ReadMomentsAsync(new MomentsQuery(Experiment(Metrics), 1));
            Assert.Equal([2L, 1], moments.Arms.Select(a => a.Exposed));
            Assert.Equal((2, 4, 8), (moments.Metrics[0].Arms[0].Successes, moments.Metrics[1].Arms[0].Mean, moments.Metrics[1].Arms[0].Variance));
        }
    }

    [Fact]
    public async Task Read_Quantile_OfAWideColumn_TakesUnitsAsEvents()
    {
        var metric = Metric("score", MetricType.Quantile, "score", AggregateKind.Last, quantile: 0.5);
        var result = await FileMomentSource.OpenAsync([_folder.Write("a.csv", "unit,arm,score\n1,control,5\n2,control,1\n3,control,3\n")], Mapping([metric]), Experiment(metric));

        using var source = result.Source!;
        var arm = (await source.ReadMomentsAsync(new MomentsQuery(Experiment(metric), 1))).Metrics[0].Arms[0];
        Assert.Equal((3, 3, 3.0), (arm.Units, arm.Quantile!.Events, arm.Quantile.Value));
    }

    [Fact]
    public async Task Read_Segments_ComeFromTheirColumn()
    {
        var experiment = Experiment(Proportion("ok")) with { Segments = [new Segment("plan", ImmutableSortedDictionary<string, double>.Empty)] };
        var result = await FileMomentSource.OpenAsync(
            [_folder.Write("a.csv", "unit,arm,ok,plan\n1,control,1,pro\n2,control,0,free\n3,treatment,1,pro\n")], Mapping([Proportion("ok")]), experiment);

        using var source = result.Source!;
        var segments = (await source.ReadMomentsAsync(new MomentsQuery(experiment, 1))).Segments;
        Assert.Equal([("free", 0L), ("pro", 1)], segments.Select(s => (s.Value!, s.Metrics[0].Arms[0].Successes)));
    }

    private static Task<FileSourceResult> OpenAsync(string path) => FileMomentSource.OpenAsync([path], Mapping(Metrics), Experiment(Metrics));

    private static DataMapping Mapping(Metric[] metrics) => new()
    {
        Unit = "unit",
        Variant = "arm",
        Metrics = [.. metrics.Select(m => m with { Source = m.Source with { Column = m.Name } })],
    };

    private static void AssertProblem(FileSourceResult result, string code, long? line, string says)
    {
        Assert.Null(result.Source);
        var problem = Assert.Single(result.Problems);
        Assert.Equal((ProblemSeverity.Error, code, line), (problem.Severity, problem.Code, problem.Line));
        Assert.Contains(says, problem.ToString(), StringComparison.Ordinal);
    }
}
