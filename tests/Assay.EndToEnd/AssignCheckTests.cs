using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Assay.EndToEnd;

/// <summary>The A/A check of an assignment, as a user runs it.</summary>
public sealed class AssignCheckTests : IDisposable
{
    private const string Definition = """
        key: first
        unit: user
        audience: { where: "plan == 'pro'" }
        variants: [ { key: control, weight: 0.5 }, { key: treatment, weight: 0.5, promptVersion: b } ]
        metrics: { primary: solved }
        plan: { minimumEffect: 0.05, baseline: 0.5 }
        ---
        metrics: { solved: { type: proportion, event: solved, better: higher } }
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Check_MadeUpUnits_PassesInWordsAndInOneDocument()
    {
        await WriteAsync("first.yaml", Definition);
        var (code, output, _) = await RunAsync("assign", "first.yaml", "--check", "--units", "2000", "--resalts", "60");
        Assert.Equal(0, code);
        Assert.Contains("first: 2,000 units, assigned again by 60 other salts", output, StringComparison.Ordinal);
        Assert.Contains("The assignment is what chance would make of it.", output, StringComparison.Ordinal);

        var again = await RunAsync("assign", "first.yaml", "--check", "--units", "2000", "--resalts", "60", "--format", "json");
        using var json = JsonDocument.Parse(again.Output);
        Assert.Equal(("first", "pass", 2000), (json.RootElement.GetProperty("experiment").GetString(), json.RootElement.GetProperty("outcome").GetString(), json.RootElement.GetProperty("units").GetInt32()));
        Assert.Contains(json.RootElement.GetProperty("tests").EnumerateArray(), t => t.GetProperty("test").GetString() == "pooled-ratio" && t.GetProperty("passes").GetBoolean());
        // With attributes the audience counts, and here it lets nobody in.
        Assert.Equal(3, (await RunAsync("assign", "first.yaml", "--check", "--attributes", "{\"plan\":\"free\"}")).Code);
    }

    [Fact]
    public async Task Check_AgainstAnExperimentOfTheSameSalt_FailsAndSaysWhich()
    {
        await WriteAsync("first.yaml", Definition);
        await WriteAsync("twin.yaml", Definition.Replace("key: first", "key: twin\nsalt: first", StringComparison.Ordinal));
        await WriteAsync("ids.txt", string.Join('\n', Enumerable.Range(0, 1500).Select(i => string.Create(CultureInfo.InvariantCulture, $"u{i % 1400}"))));
        var (code, output, error) = await RunAsync("assign", "first.yaml", "--check", "--units", "ids.txt", "--against", "twin.yaml", "--resalts", "40");
        Assert.Equal(1, code);
        Assert.Contains("those of twin", output, StringComparison.Ordinal);
        Assert.Contains("both have the salt 'first'", output, StringComparison.Ordinal);
        Assert.Contains("100 ids stand there more than once", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Check_RecordedData_ComparesThePrimaryWhereNothingCanDiffer(bool isWide)
    {
        var random = new Random(3);
        var lines = new StringBuilder(isWide ? "user_id,arm,ok\n" : "");
        for (var i = 0; i < 1200; i++)
        {
            string arm = i % 2 == 0 ? "control" : "treatment", unit = string.Create(CultureInfo.InvariantCulture, $"user-{i}");
            var solved = random.NextDouble() < (i % 2 == 0 ? 0.4 : 0.6);
            if (isWide) lines.Append(CultureInfo.InvariantCulture, $"{unit},{arm},{(solved ? 1 : 0)}\n");
            else
            {
                lines.Append(CultureInfo.InvariantCulture, $$"""{"type":"exposure","id":"e{{i}}","timestamp":"2026-01-01T00:00:00Z","experiment":"first","version":1,"variant":"{{arm}}","unit":"{{unit}}","user":"{{unit}}"}""").Append('\n');
                if (solved) lines.Append(CultureInfo.InvariantCulture, $$"""{"type":"outcome","id":"o{{i}}","timestamp":"2026-01-01T01:00:00Z","experiment":"first","unit":"{{unit}}","metric":"solved","value":true}""").Append('\n');
            }
        }
        var file = isWide ? "rows.csv" : "events.jsonl";
        await WriteAsync(file, lines.ToString());
        await WriteAsync("first.yaml", isWide ? Definition + "\n---\ndata: { unit: user_id, variant: arm, metrics: { solved: { type: proportion, column: ok } } }\n" : Definition);
        var (code, output, error) = await RunAsync("assign", "first.yaml", "--check", "--data", file, "--resalts", "100", "--format", "json");
        Assert.True(code == 0, output + error);
        using var json = JsonDocument.Parse(output);
        Assert.Equal(1200, json.RootElement.GetProperty("units").GetInt32());
        var test = Assert.Single(json.RootElement.GetProperty("tests").EnumerateArray(), t => t.GetProperty("test").GetString() == "a-a");
        Assert.Equal("solved in 'treatment'", test.GetProperty("about").GetString());
        // The recorded arms differ a lot; re-salted ones cannot.
        Assert.InRange(test.GetProperty("shareBelowAlpha").GetDouble(), 0, 0.15);
        Assert.True(test.GetProperty("passes").GetBoolean());
    }

    [Theory]
    [InlineData(2, "--resalts 3", "--resalts", "3")]
    [InlineData(2, "--data brings its own units", "--data", "x.csv", "--units", "100")]
    [InlineData(2, "--check is about many units", "--unit", "a")]
    [InlineData(5, "no file 'none.txt'", "--units", "none.txt")]
    public async Task Check_WhatCannotBeChecked_SaysWhatToDo(int expected, string says, params string[] more)
    {
        await WriteAsync("first.yaml", Definition);
        var (code, output, error) = await RunAsync(["assign", "first.yaml", "--check", .. more]);
        Assert.Equal((expected, ""), (code, output.Trim()));
        Assert.Contains(says, error, StringComparison.Ordinal);
    }

    private Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments) => AssayProcess.RunAsync(arguments, _folder.Path);

    private Task WriteAsync(string name, string text) => File.WriteAllTextAsync(Path.Combine(_folder.Path, name), text);
}
