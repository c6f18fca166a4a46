using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Assay.EndToEnd;

/// <summary>Diagnostics as a user meets them: in the report of a recorded file.</summary>
[Trait("Kind", "end to end")]
public sealed class DiagnosticsTests
{
    [Fact]
    public async Task Analyze_SimpsonsReversal_IsFoundWithTheMixAndNotShipped()
    {
        using var folder = new TemporaryFolder();
        folder.File("simpson.csv", Simpson());
        string[] arguments = ["analyze", "--data", "simpson.csv", "--unit", "user_id", "--variant", "arm", "--control", "A", "--metric", "correct:proportion", "--segment", "device"];
        var (code, output, error) = await AssayProcess.RunAsync([.. arguments, "--format", "json"], folder.Path);
        Assert.True(code == 0, error);
        using var report = JsonDocument.Parse(output);
        var root = report.RootElement;
        Assert.Equal(0.04, root.GetProperty("metrics")[0].GetProperty("difference").GetDouble(), 1e-12);
        Assert.Equal("hold", root.GetProperty("verdict").GetProperty("decision").GetString());
        Assert.Subset(root.GetProperty("warnings").EnumerateArray().Select(w => w.GetProperty("code").GetString()).ToHashSet(), new HashSet<string?> { "simpson", "srm-segment" });
        var row = root.GetProperty("diagnostics").GetProperty("simpson")[0];
        Assert.True(row.GetProperty("reversed").GetBoolean());
        foreach (var segment in row.GetProperty("segments").EnumerateArray()) Assert.Equal(-0.05, segment.GetProperty("difference").GetDouble(), 1e-12);

        var (_, text, _) = await AssayProcess.RunAsync(arguments, folder.Path);
        Assert.Contains("mix of device: desktop A 80.0 %, B 20.0 %; mobile A 20.0 %, B 80.0 %", text, StringComparison.Ordinal);
        // p-values stand below the details only.
        Assert.DoesNotContain(" p ", text[..text.IndexOf("metric ", StringComparison.Ordinal)], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Analyze_NoveltyInAFileOfEvents_IsNamed()
    {
        using var folder = new TemporaryFolder();
        var csv = new StringBuilder("user_id,arm,ts,metric,value\n");
        for (var i = 0; i < 400; i++)
            for (var day = 0; day < 8; day++)
                csv.Append(CultureInfo.InvariantCulture, $"u{i},{(i % 2 == 0 ? "A" : "B")},2026-03-{day + 2:00}T12:00:00Z,quality,{10 + (i * 7 + day * 3) % 11 * 0.2 + (i % 2 == 0 ? 0 : 2 - 0.25 * day)}\n");
        folder.File("events.csv", csv.ToString());
        folder.File("experiment.yaml", """
            key: novelty
            unit: user
            variants: [ { key: A, weight: 0.5, model: m }, { key: B, weight: 0.5, model: m } ]
            metrics: { primary: quality }
            ---
            metrics: { quality: { type: mean, event: quality, better: higher } }
            ---
            data: { variant: arm, columns: { unit: user_id, timestamp: ts, metric: metric, value: value } }
            """);
        var (code, output, error) = await AssayProcess.RunAsync(["analyze", "experiment.yaml", "--data", "events.csv", "--format", "json"], folder.Path);
        Assert.True(code == 0, error);
        using var report = JsonDocument.Parse(output);
        var row = report.RootElement.GetProperty("diagnostics").GetProperty("daysSinceExposure")[0];
        Assert.True(row.GetProperty("status").GetString() == "estimated", row.GetProperty("reason").ToString());
        Assert.Equal(-0.25, row.GetProperty("slope").GetDouble(), 0.05);
        Assert.Contains(report.RootElement.GetProperty("warnings").EnumerateArray(), w => w.GetProperty("code").GetString() == "novelty");
    }

    private static string Simpson()
    {
        var csv = new StringBuilder("user_id,arm,device,correct\n");
        var user = 0;
        void Add(string arm, string device, int units, int correct)
        {
            for (var i = 0; i < units; i++) csv.Append(CultureInfo.InvariantCulture, $"u{user++},{arm},{device},{(i < correct ? 1 : 0)}\n");
        }
        Add("A", "mobile", 200, 170);
        Add("A", "desktop", 800, 560);
        Add("B", "mobile", 800, 640);
        Add("B", "desktop", 200, 130);
        return csv.ToString();
    }
}
