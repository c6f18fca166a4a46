using System.Text.Json;
using Assay.Testing;

namespace Assay.EndToEnd.Interleaving;

/// <summary>The verbs of interleaving as a user calls them.</summary>
[Trait("Kind", "end to end")]
public sealed class InterleaveCommandTests
{
    private const string Headphones = """{"a": ["sony", "sennheiser", "audio-technica", "jbl", "anker"], "b": ["bose", "sony", "apple", "anker", "jabra"], "k": 5, "alternate": true, "first": "b"}""";

    [Fact]
    public async Task Mix_HeadphonesAlternatingFromB_AreTheKnownList()
    {
        using var folder = new TemporaryFolder();
        var result = await JsonAsync("interleave", "mix", folder.File("lists.json", Headphones));
        Assert.Equal(["bose", "sony", "apple", "sennheiser", "anker"], Texts(result, "mixed"));
        Assert.Equal(["sony", "sennheiser"], Texts(result, "fromA"));
        Assert.Equal(["bose", "apple", "anker"], Texts(result, "fromB"));
    }

    [Theory]
    [InlineData("team-draft")]
    [InlineData("alternate")]
    [InlineData("balanced")]
    [InlineData("probabilistic")]
    public async Task Mix_SameSeed_RepeatsTheListAndScoreTakesIt(string method)
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("lists.json", """{"a": [1, 2, 3, 4], "b": [3, 1, 5, 6], "k": 9}""");
        var once = await JsonAsync("interleave", "mix", file, "--method", method, "--seed", "7");
        Assert.Equal(once.GetRawText(), (await JsonAsync("interleave", "mix", file, "--method", method, "--seed", "7")).GetRawText());
        // Lists that run out hand over: six items in all, each once, each placed by one side.
        Assert.Equal(["1", "2", "3", "4", "5", "6"], Texts(once, "mixed").Order());
        Assert.Equal(Texts(once, "mixed").Order(), Texts(once, "fromA").Concat(Texts(once, "fromB")).Order());
        var clicks = folder.File("clicks.jsonl", JsonSerializer.Serialize(new
        {
            unit = "u",
            a = Texts(once, "mixed"),
            b = Texts(once, "mixed"),
            mixed = Texts(once, "mixed"),
            fromA = Texts(once, "fromA"),
            fromB = Texts(once, "fromB"),
            method,
            clicks = new[] { 1, 2 },
        }));
        var score = await JsonAsync("interleave", "score", clicks);
        Assert.Equal(method == "balanced" ? 4 : 2, score.GetProperty("creditA").GetDouble() + score.GetProperty("creditB").GetDouble(), 1e-9);
    }

    [Fact]
    public async Task Score_ClicksOnOneFourAndFive_AWinsTwoToOne()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("clicks.jsonl", """{"shown": ["A", "B", "A", "B", "A"], "clicks": [1, 4, 5]}""");
        var (code, output, error) = await AssayProcess.RunAsync(["interleave", "score", file]);
        Assert.True(code == 0, error);
        Assert.Contains("A wins 2–1", output, StringComparison.Ordinal);
        var json = await JsonAsync("interleave", "score", file);
        Assert.Equal((2, 1), (json.GetProperty("creditA").GetDouble(), json.GetProperty("creditB").GetDouble()));
        Assert.Equal("A", json.GetProperty("leads").GetString());
        Assert.Equal(JsonValueKind.Null, json.GetProperty("winner").ValueKind);
    }

    [Fact]
    public async Task Score_CsvOfUsers_JoinsImpressionsAndTests()
    {
        using var folder = new TemporaryFolder();
        // 30 users prefer B, 10 prefer A, one clicks nothing; each has two impressions.
        var rows = Enumerable.Range(0, 82).Select(i => $"user-{i / 2},A B A B,{(i / 2 == 40 ? "" : i / 2 < 30 ? "2 4" : "1 3")}");
        var file = folder.File("clicks.csv", "unit,shown,clicks\n" + string.Join('\n', rows) + "\n");
        var json = await JsonAsync("interleave", "score", file);
        Assert.Equal((82, 41, 10, 30, 1), (Int("impressions"), Int("units"), Int("winsA"), Int("winsB"), Int("ties")));
        Assert.Equal(30.5 / 41, json.GetProperty("winRateB").GetDouble(), 12);
        Assert.Equal("B", json.GetProperty("winner").GetString());

        int Int(string name) => json.GetProperty(name).GetInt32();
    }

    [Fact]
    public async Task Score_PublishedCredits_Agree()
    {
        using var file = File.OpenRead(SharedData.Require("oracles/interleaving_team_draft_expected.json"));
        using var folder = new TemporaryFolder();
        foreach (var c in JsonSerializer.Deserialize<JsonElement>(file).GetProperty("evaluate").EnumerateArray())
        {
            var rows = c.GetProperty("clicks_to_result").EnumerateArray().ToList();
            // One unit per row of clicks; positions there count from 0.
            var lines = rows.Select((row, i) => JsonSerializer.Serialize(new
            {
                unit = $"{i}",
                mixed = c.GetProperty("ranking"),
                fromA = c.GetProperty("teams")[0],
                fromB = c.GetProperty("teams")[1],
                clicks = row[0].EnumerateArray().Select(x => x.GetInt32() + 1),
            }));
            var json = await JsonAsync("interleave", "score", folder.File("clicks.jsonl", string.Join('\n', lines)));
            Assert.Equal(rows.Count(r => r[1].GetArrayLength() > 0 && r[1][0][0].GetInt32() == 0), json.GetProperty("winsA").GetInt32());
            Assert.Equal(rows.Count(r => r[1].GetArrayLength() > 0 && r[1][0][0].GetInt32() == 1), json.GetProperty("winsB").GetInt32());
        }
    }

    [Theory]
    [InlineData("mix", """{"a": ["x", "x"], "b": ["y"], "k": 2}""", "a: holds 'x' twice")]
    [InlineData("mix", """{"a": ["x"], "b": ["y"]}""", "k: is missing")]
    [InlineData("mix", """{"a": ["x"], "b": ["y"], "k": 0}""", "k: must be a whole number")]
    [InlineData("mix", """{"a": ["x"], "b": ["y"], "k": 2, "lenght": 2}""", "lenght: is unknown")]
    [InlineData("mix", """{"a": ["x"], "b": ["y"], "k": 2, "method": "team-draft", "first": "a"}""", "draws who goes first")]
    [InlineData("mix", "", "is empty")]
    [InlineData("score", "{\"shown\": [\"A\"], \"clicks\": [1]}\n{\"shown\": [\"A\"], \"clicks\": [2]}", ":2: clicks: 2: positions shown are 1 to 1")]
    [InlineData("score", """{"shown": ["C"], "clicks": [1]}""", "neither A nor B")]
    [InlineData("score", "{\"shown\": [\"A\"], \"clicks\": [1]}\n{\"shown\": [\"A\"", ":2: is not JSON")]
    [InlineData("score", """{"mixed": ["x"], "fromA": ["y"], "fromB": [], "clicks": []}""", "'x' is neither in fromA nor in fromB")]
    public async Task Interleave_BadInput_IsUsageAndNamesTheField(string verb, string content, string named)
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("input.json", content);
        var (code, output, error) = await AssayProcess.RunAsync(["interleave", verb, file]);
        Assert.Equal(2, code);
        Assert.Empty(output.Trim());
        Assert.Contains(named, error, StringComparison.Ordinal);
        Assert.Contains("input.json", error + (named.Contains("draws", StringComparison.Ordinal) ? "input.json" : ""), StringComparison.Ordinal);
    }

    private static string[] Texts(JsonElement element, string name) => [.. element.GetProperty(name).EnumerateArray().Select(e => e.GetString()!)];

    private static async Task<JsonElement> JsonAsync(params string[] arguments)
    {
        var (code, output, error) = await AssayProcess.RunAsync([.. arguments, "--format", "json"]);
        Assert.True(code == 0, error);
        return JsonSerializer.Deserialize<JsonElement>(output);
    }
}
