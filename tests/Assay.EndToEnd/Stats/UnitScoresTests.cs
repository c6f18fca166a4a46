using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Cli.Stats;

namespace Assay.EndToEnd.Stats;

/// <summary>Unit scores of prediction-powered inference, from one method's answer into the next one's input, as docs/statistics/prediction-powered.md shows.</summary>
public sealed class UnitScoresTests
{
    [Fact]
    public void Run_UnitScores_AreAnOrdinaryMetricOfOtherMethods()
    {
        var traffic = Traffic();
        var scores = Run("prediction-powered-traffic", traffic);
        Assert.Equal(120, scores["controlUnitIds"]!.AsArray().Count);
        Assert.Equal("u0", scores["controlUnitIds"]![0]!.GetValue<string>());
        var ratio = Run("ratio-delta", Pick(scores, "controlNumerator", "controlDenominator", "treatmentNumerator", "treatmentDenominator"));
        Same(scores, ratio, "difference");
        Same(scores, ratio, "standardError");
        var cuped = Pick(scores, "controlDenominator", "treatmentDenominator");
        foreach (var arm in new[] { "control", "treatment" })
        {
            cuped[arm] = scores[arm + "Numerator"]!.DeepClone();
            cuped[arm + "Covariate"] = new JsonArray([.. Enumerable.Range(0, 120).Select(u => (JsonNode)(u % 7))]);
        }
        Assert.True(Run("cuped", cuped)["standardError"]!.GetValue<double>() > 0);
        var clusters = new JsonObject();
        foreach (var arm in new[] { "control", "treatment" })
            clusters[arm + "Clusters"] = new JsonObject { ["weights"] = scores[arm + "Denominator"]!.DeepClone(), ["sums"] = scores[arm + "Numerator"]!.DeepClone() };
        Same(scores, Run("cluster-robust", clusters), "difference");

        traffic.Remove("unitScores");
        Assert.DoesNotContain("controlNumerator", Run("prediction-powered-traffic", traffic).Select(p => p.Key));
    }

    [Fact]
    public void Run_UnitScoresOfOneArm_AddUpToItsRate()
    {
        var both = Traffic();
        JsonObject one = new() { ["unitScores"] = true };
        foreach (var field in new[] { "judge", "human", "probability", "unit" }) one[field] = both["control" + char.ToUpperInvariant(field[0]) + field[1..]]!.DeepClone();
        var scores = Run("prediction-powered-traffic", one);
        double Sum(string field) => scores[field]!.AsArray().Sum(x => x!.GetValue<double>());
        Assert.Equal(scores["estimate"]!.GetValue<double>(), Sum("numerator") / Sum("denominator"), 1e-12);
        Assert.Equal(120, scores["unitIds"]!.AsArray().Count);
    }

    private static JsonObject Traffic()
    {
        var random = new Random(5);
        var input = new JsonObject { ["unitScores"] = true };
        foreach (var arm in new[] { "control", "treatment" })
        {
            bool[] truth = [.. Enumerable.Range(0, 360).Select(_ => random.NextDouble() < 0.5)];
            input[arm + "Judge"] = new JsonArray([.. truth.Select(t => (JsonNode)((t ? 0.7 : 0.3) + 0.2 * random.NextDouble()))]);
            input[arm + "Human"] = new JsonArray([.. truth.Select(t => random.NextDouble() < 0.4 ? (JsonNode?)(t ? 1 : 0) : null)]);
            input[arm + "Probability"] = new JsonArray([.. truth.Select(_ => (JsonNode)0.4)]);
            input[arm + "Unit"] = new JsonArray([.. truth.Select((_, i) => (JsonNode)$"u{i / 3}")]);
        }
        return input;
    }

    private static JsonObject Run(string method, JsonObject input) => StatsMethods.Run(method, JsonSerializer.SerializeToElement(input));

    private static JsonObject Pick(JsonObject from, params string[] fields) => new(fields.Select(f => KeyValuePair.Create(f, from[f]?.DeepClone())));

    private static void Same(JsonObject expected, JsonObject found, string key) => Assert.Equal(expected[key]!.GetValue<double>(), found[key]!.GetValue<double>(), 1e-12);
}
