using System.Text.Json;

namespace Assay.EndToEnd.Judging;

[Trait("Kind", "end to end")]
public sealed class CalibrateTests
{
    private const string Audit = "item,human,judge\n1,A,A\n2,B,B\n3,A,B\n4,TIE,TIE\n5,B,B\n6,A,A\n7,B,A\n8,B,B\n";

    [Fact]
    public async Task Calibrate_AuditExample_SaysRecalibrateAndExitsOne()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("audit.csv", Audit);
        var text = await AssayProcess.RunAsync(["judge", "calibrate", file]);
        Assert.Equal(1, text.Code);
        Assert.Contains("Recalibrate judge: judge and human agree on 6 of 8 (75 %), below the threshold of 80 %", text.Output, StringComparison.Ordinal);
        var json = await AssayProcess.RunAsync(["judge", "calibrate", file, "--format", "json"]);
        var record = JsonDocument.Parse(json.Output).RootElement;
        Assert.Equal((1, 8, 0.75, "recalibrate judge"), (json.Code, record.GetProperty("n").GetInt32(), record.GetProperty("agreement").GetDouble(), record.GetProperty("decision").GetString()));
        Assert.Equal(0.41, record.GetProperty("interval")[0].GetDouble(), 0.005);
        Assert.Equal(2, record.GetProperty("confusion").GetProperty("A").GetProperty("A").GetInt32());
        Assert.Equal(3, (await AssayProcess.RunAsync(["judge", "calibrate", file, "--min-agreement", "0.7"])).Code);
    }

    [Fact]
    public async Task Calibrate_LabelsOfTheRubric_AreSetAside()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("labels.csv", Audit);
        var rubric = folder.File("rubric.yaml", "rubric: r\ntask: Judge.\naxes: [{ key: a, anchors: { 1: bad, 5: good } }]\nusedLabels: { items: ['1', '2'], file: labels.csv }\n");
        var all = await AssayProcess.RunAsync(["judge", "calibrate", file, "--rubric", rubric]);
        Assert.Equal(2, all.Code);
        Assert.Contains("cannot calibrate it", all.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calibrate_BadInput_NamesFileAndLine()
    {
        using var folder = new TemporaryFolder();
        var bad = await AssayProcess.RunAsync(["judge", "calibrate", folder.File("bad.csv", "item,human,judge\n1,A\n")]);
        Assert.Equal(2, bad.Code);
        Assert.Contains("bad.csv:2: there are 2 fields, and 3 columns", bad.Error, StringComparison.Ordinal);
        Assert.Equal(5, (await AssayProcess.RunAsync(["judge", "calibrate", folder.Combine("none.csv")])).Code);
        Assert.Equal(2, (await AssayProcess.RunAsync(["judge", "calibrate", folder.File("ok.csv", Audit), "--min-agreement", "80"])).Code);
        Assert.Contains("factuality", (await AssayProcess.RunAsync(["judge", "presets"])).Output, StringComparison.Ordinal);
    }
}
