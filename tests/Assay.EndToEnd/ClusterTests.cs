using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Assay.EndToEnd;

/// <summary>Files of clusters, and of units that have a coarser id, through the command line.</summary>
[Trait("Kind", "end to end")]
public sealed class ClusterTests
{
    [Fact]
    public async Task Analyze_SixClustersAnArm_HasThePermutationBesideTheTTest()
    {
        using var folder = new TemporaryFolder();
        // Costs and requests of six and six teams.
        folder.File("teams.csv", "team,arm,cost,requests\n" + string.Join('\n', Enumerable.Range(0, 12).Select(i =>
            string.Create(CultureInfo.InvariantCulture, $"t{i},{(i < 6 ? "control" : "treatment")},{(10 + i % 6) * (i + 1) + (i < 6 ? 0 : 4 * (i + 1))},{i + 1}"))) + "\n");
        folder.File("experiment.yaml", """
            key: teams
            unit: cluster
            variants: [{ key: control }, { key: treatment }]
            metrics: { primary: cost_per_request }
            ---
            data: { unit: team, variant: arm, metrics: { cost_per_request: { type: ratio, better: lower, numerator: { column: cost }, denominator: { column: requests } } } }
            """);
        var (code, output, error) = await AssayProcess.RunAsync(["analyze", "experiment.yaml", "--data", "teams.csv", "--final", "--format", "json"], folder.Path);
        Assert.True(code == 0, error);
        using var json = JsonDocument.Parse(output);
        var row = json.RootElement.GetProperty("metrics")[0];
        Assert.Equal(("cluster-t", "per requests"), (row.GetProperty("method").GetString(), row.GetProperty("estimand").GetString()));
        var (costs, requests) = (Enumerable.Range(0, 12).Select(i => (double)((10 + i % 6) * (i + 1) + (i < 6 ? 0 : 4 * (i + 1)))).ToArray(), Enumerable.Range(1, 12).ToArray());
        Assert.Equal(Permuted(costs, requests), row.GetProperty("permutationPValue").GetDouble(), 1e-12);
        Assert.Equal(924, row.GetProperty("methodArguments").GetProperty("permutation").GetProperty("arrangements").GetInt64());

        var (_, text, _) = await AssayProcess.RunAsync(["analyze", "experiment.yaml", "--data", "teams.csv", "--final"], folder.Path);
        Assert.Contains("(permuted 0.", text, StringComparison.Ordinal);
        Assert.Contains("with 6 clusters in an arm", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Analyze_ConversationsOfUsers_HaveASensitivityRow()
    {
        using var folder = new TemporaryFolder();
        var csv = new StringBuilder("conversation,arm,person,csat\n");
        for (var i = 0; i < 320; i++)
            csv.Append(CultureInfo.InvariantCulture, $"c{i},{(i / 8 % 2 == 0 ? "control" : "treatment")},p{i % 8},{(i / 8 % 2 == 1 && i % 8 < 3 ? 2 : 0) + i * 7 % 11 / 5.0}\n");
        folder.File("results.csv", csv.ToString());
        folder.File("experiment.yaml", """
            key: chats
            unit: conversation
            variants: [{ key: control }, { key: treatment }]
            metrics: { primary: csat }
            ---
            data: { unit: conversation, variant: arm, ids: { user: person }, metrics: { csat: { type: mean, column: csat } } }
            """);
        var (code, output, error) = await AssayProcess.RunAsync(["analyze", "experiment.yaml", "--data", "results.csv", "--final", "--format", "json"], folder.Path);
        Assert.True(code == 0, error);
        using var json = JsonDocument.Parse(output);
        var row = json.RootElement.GetProperty("metrics")[0];
        var clustered = row.GetProperty("clustered");
        Assert.Equal("user", clustered.GetProperty("by").GetString());
        Assert.Equal(8, clustered.GetProperty("sharedClusters").GetInt64());
        Assert.Equal(row.GetProperty("difference").GetDouble(), clustered.GetProperty("difference").GetDouble(), 1e-12);
        Assert.False(clustered.GetProperty("agrees").GetBoolean());
        Assert.Equal("ship", json.RootElement.GetProperty("verdict").GetProperty("decision").GetString());

        var (_, text, _) = await AssayProcess.RunAsync(["analyze", "experiment.yaml", "--data", "results.csv", "--final"], folder.Path);
        Assert.Contains("gathered by user", text, StringComparison.Ordinal);
        Assert.Contains("conversations were randomised", text, StringComparison.Ordinal);
        Assert.Contains("per conversation", text, StringComparison.Ordinal);

        string[] options = ["analyze", "--data", "results.csv", "--unit", "conversation", "--variant", "arm", "--metric", "csat:mean", "--final", "--format", "json"];
        var (_, adHoc, _) = await AssayProcess.RunAsync([.. options, "--id", "user=person"], folder.Path);
        using var again = JsonDocument.Parse(adHoc);
        Assert.Equal(clustered.GetProperty("standardError").GetDouble(), again.RootElement.GetProperty("metrics")[0].GetProperty("clustered").GetProperty("standardError").GetDouble(), 1e-12);
        var (refused, _, why) = await AssayProcess.RunAsync([.. options, "--id", "conversation=person"], folder.Path);
        Assert.Equal(2, refused);
        Assert.Contains("no coarser than the unit", why, StringComparison.Ordinal);

        folder.File("wrong.yaml", File.ReadAllText(Path.Combine(folder.Path, "experiment.yaml")).Replace("person", "persom", StringComparison.Ordinal));
        var (wrong, _, said) = await AssayProcess.RunAsync(["analyze", "wrong.yaml", "--data", "results.csv", "--final"], folder.Path);
        Assert.Equal(2, wrong);
        Assert.Contains("persom", said, StringComparison.Ordinal);
    }

    /// <summary>Share of the ways to give six of twelve teams the treatment that part the two ratios at least as far.</summary>
    private static double Permuted(double[] costs, int[] requests)
    {
        double Difference(int mask)
        {
            double cost = 0, count = 0;
            for (var i = 0; i < 12; i++)
                if ((mask >> i & 1) == 1) (cost, count) = (cost + costs[i], count + requests[i]);
            return cost / count - (costs.Sum() - cost) / (requests.Sum() - count);
        }
        var seen = Math.Abs(Difference(0b111111000000)) - 1e-10;
        int[] masks = [.. Enumerable.Range(0, 1 << 12).Where(m => int.PopCount(m) == 6)];
        return masks.Count(m => Math.Abs(Difference(m)) >= seen) / (double)masks.Length;
    }
}
