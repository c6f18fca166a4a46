using System.Globalization;
using System.Text;
using System.Text.Json;
using Assay.Testing;

namespace Assay.EndToEnd.Bandits;

/// <summary><c>assay bandit replay</c> as a user calls it.</summary>
[Trait("Kind", "end to end")]
public sealed class ReplayCommandTests
{
    private static readonly string[] OpenBandit = ["--arm", "item_id", "--reward", "click", "--propensity", "propensity_score"];

    [Fact]
    public async Task Replay_OpenBanditFromThompsonToUniform_HasThePublishedNumbersAndTheWarning()
    {
        var (_, json) = await JsonAsync(["bandit", "replay", SharedData.Require("data/open-bandit/bts/men.csv"), .. OpenBandit, "--algorithm", "uniform"]);
        var uniform = json.GetProperty("algorithms")[0];
        AssertEstimate(uniform, "ips", 0.003009, 0.000774);
        AssertEstimate(uniform, "snips", 0.003189, 0.000828);
        Assert.Equal(656, uniform.GetProperty("effectiveSampleSize").GetDouble(), 0.5);
        Assert.Contains("worth only 656", uniform.GetProperty("warning").GetString(), StringComparison.Ordinal);
        // What the uniform policy earned when it acted.
        var snips = uniform.GetProperty("snips");
        var combined = double.Hypot(snips.GetProperty("standardError").GetDouble(), 0.00068);
        Assert.True(Math.Abs(snips.GetProperty("value").GetDouble() - 0.0046) < 1.96 * combined);
    }

    [Fact]
    public async Task Replay_OpenBanditFromUniformToThompson_IsMarkedAsAnApproximation()
    {
        var bts = SharedData.Require("data/open-bandit/bts/men.csv");
        var (_, json) = await JsonAsync(["bandit", "replay", SharedData.Require("data/open-bandit/random/men.csv"), .. OpenBandit, "--algorithm", "uniform", "--target-log", bts, "--target-by", "position"]);
        Assert.Equal(0.0046, json.GetProperty("observed").GetProperty("value").GetDouble(), 12);
        Assert.Equal(0.00068, json.GetProperty("observed").GetProperty("standardError").GetDouble(), 0.000005);
        var frequencies = json.GetProperty("algorithms").EnumerateArray().Single(a => a.GetProperty("algorithm").GetString() == "frequencies");
        Assert.Contains("approximated by its frequencies of arm × position", frequencies.GetProperty("approximation").GetString(), StringComparison.Ordinal);
        // The bts policy earned .0069 (.00083) when it acted.
        var snips = frequencies.GetProperty("snips");
        var combined = double.Hypot(snips.GetProperty("standardError").GetDouble(), 0.00083);
        Assert.True(Math.Abs(snips.GetProperty("value").GetDouble() - 0.0069) < 1.96 * combined);
    }

    [Fact]
    public async Task Replay_LogWithAllPropensities_ChecksSharesNamesTheWinnerAndAdjustsMeans()
    {
        using var folder = new TemporaryFolder();
        var (code, json) = await JsonAsync(["bandit", "replay", folder.File("log.csv", Log(4000, 0.8, 0.8))]);
        Assert.Equal(0, code);
        Assert.Equal("b", json.GetProperty("winner").GetString());
        Assert.True(json.GetProperty("allocationCheck").GetProperty("pValue").GetDouble() > 0.001);
        var arms = json.GetProperty("arms").EnumerateArray().ToDictionary(a => a.GetProperty("arm").GetString()!);
        Assert.Equal(0.1, arms["a"].GetProperty("adjusted").GetProperty("estimate").GetDouble(), 0.02);
        Assert.Equal(0.3, arms["b"].GetProperty("adjusted").GetProperty("estimate").GetDouble(), 0.06);
        var names = json.GetProperty("algorithms").EnumerateArray().Select(a => a.GetProperty("algorithm").GetString()).ToList();
        Assert.Contains("thompson", names);
        Assert.Contains("linucb", names);
        foreach (var algorithm in json.GetProperty("algorithms").EnumerateArray())
            if (algorithm.TryGetProperty("allocation", out var shares)) Assert.Equal(1, shares.EnumerateObject().Sum(p => p.Value.GetDouble()), 1e-9);
    }

    [Fact]
    public async Task Replay_SharesThatWereNotKept_AreInvalid()
    {
        using var folder = new TemporaryFolder();
        var (code, json) = await JsonAsync(["bandit", "replay", folder.File("log.csv", Log(4000, 0.8, 0.7)), "--algorithm", "uniform"]);
        Assert.Equal(4, code);
        Assert.Contains("invalid", json.GetProperty("warnings")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_RewardsOnAScale_LeaveTheBetaRulesOut()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("log.jsonl", string.Join('\n', Enumerable.Range(0, 300).Select(i => $$"""{"arm": "{{(i % 2 == 0 ? "x" : "y")}}", "reward": {{i % 7}}.5, "propensity": 0.5}""")));
        var (code, json) = await JsonAsync(["bandit", "replay", file]);
        Assert.Equal(0, code);
        var skipped = json.GetProperty("skipped").EnumerateArray().ToDictionary(s => s.GetProperty("algorithm").GetString()!, s => s.GetProperty("reason").GetString());
        Assert.Contains("a Beta-Bernoulli reward other than 0 or 1 is refused", skipped["thompson"], StringComparison.Ordinal);
        Assert.Contains(json.GetProperty("algorithms").EnumerateArray(), a => a.GetProperty("algorithm").GetString() == "gaussian-thompson");
    }

    [Theory]
    [InlineData("arm,reward,propensity\na,1,0.5\nb,0.5,0.5\n", "log.csv:3: reward: a Beta-Bernoulli reward other than 0 or 1 is refused: 0.5", "--algorithm", "thompson")]
    [InlineData("arm,reward,propensity\na,1,0\nb,1,0.5\n", "log.csv:2: propensity: must be a probability above 0")]
    [InlineData("arm,reward,propensity\na,yes,0.5\nb,1,0.5\n", "log.csv:2: reward: 'yes' is not a number")]
    [InlineData("arm,reward,propensity\na,1\n", "log.csv:2: has 2 fields")]
    [InlineData("item,reward,propensity\na,1,0.5\n", "has no 'arm'")]
    [InlineData("arm,reward\na,1\nb,0\n", "name its column: --propensity")]
    [InlineData("arm,reward,propensity_a,propensity_b\na,1,0.5,0.6\nb,0,0.5,0.5\n", "log.csv:2: propensity_…: must be probabilities that add up to 1")]
    [InlineData("arm,reward,propensity\na,1,0.5\na,0,0.5\n", "one arm only")]
    [InlineData("arm,reward,propensity\na,1,0.5\nb,0,0.5\n", "did you mean 'thompson'", "--algorithm", "tompson")]
    [InlineData("arm,reward,propensity\na,1,0.5\nb,0,0.5\n", "linucb needs context", "--algorithm", "linucb")]
    [InlineData("arm,reward,propensity\na,1,0.5\nb,0,0.5\n", "--floor lies from 0 to 1 / 2", "--floor", "0.6")]
    public async Task Replay_BadInput_IsUsageAndNamesFileLineAndField(string content, string named, params string[] options)
    {
        using var folder = new TemporaryFolder();
        var (code, output, error) = await AssayProcess.RunAsync(["bandit", "replay", folder.File("log.csv", content), .. options]);
        Assert.Equal(2, code);
        Assert.Empty(output.Trim());
        Assert.Contains(named, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_NoSuchFile_CouldNotRun()
    {
        var (code, _, error) = await AssayProcess.RunAsync(["bandit", "replay", "nowhere.csv"]);
        Assert.Equal(5, code);
        Assert.Contains("nowhere.csv", error, StringComparison.Ordinal);
    }

    // Two arms of 10 % and 30 %; the second gets little traffic, and the first as much as is kept of what is written down.
    private static string Log(int n, double written, double kept)
    {
        var random = new Random(11);
        var text = new StringBuilder("arm,reward,propensity_a,propensity_b,context_hour\n");
        for (var i = 0; i < n; i++)
        {
            var first = random.NextDouble() < kept;
            text.AppendLine(CultureInfo.InvariantCulture, $"{(first ? 'a' : 'b')},{(random.NextDouble() < (first ? 0.1 : 0.3) ? 1 : 0)},{written},{1 - written:0.##},{i % 24}");
        }
        return text.ToString();
    }

    private static void AssertEstimate(JsonElement row, string name, double value, double error)
    {
        Assert.Equal(value, row.GetProperty(name).GetProperty("value").GetDouble(), 0.0000005001);
        Assert.Equal(error, row.GetProperty(name).GetProperty("standardError").GetDouble(), 0.0000005001);
    }

    private static async Task<(int Code, JsonElement Json)> JsonAsync(string[] arguments)
    {
        var (code, output, error) = await AssayProcess.RunAsync([.. arguments, "--format", "json"]);
        Assert.True(code is 0 or 4, error);
        return (code, JsonSerializer.Deserialize<JsonElement>(output));
    }
}
