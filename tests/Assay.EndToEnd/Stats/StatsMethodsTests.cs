using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Cli;
using Assay.Cli.Stats;
using Assay.Testing;

namespace Assay.EndToEnd.Stats;

/// <summary>The registry behind <c>assay stats</c>.</summary>
public sealed class StatsMethodsTests
{
    [Fact]
    [Trait("Kind", "reference")]
    public void Run_EveryReferenceCaseOfARegisteredMethod_Agrees()
    {
        using var file = File.OpenRead(SharedData.Require("oracles/statistics.json"));
        var ran = new HashSet<string>();
        foreach (var oracle in JsonSerializer.Deserialize<JsonElement[]>(file)!)
        {
            var method = oracle.GetProperty("method").GetString()!;
            if (StatsMethods.All.All(m => m.Name != method)) continue;
            ran.Add(method);
            var result = StatsMethods.Run(method, oracle.GetProperty("input"));
            foreach (var expected in oracle.GetProperty("expected").EnumerateObject())
            {
                // Two of the file's critical values of t are off in the ninth digit: see docs/statistics/welch-t.md.
                var tolerance = method == "welch-t" && expected.Name is "low" or "high" ? 5e-9 : oracle.GetProperty("tolerance").GetDouble();
                Check($"{method}.{expected.Name}", expected.Value, result[expected.Name], tolerance);
            }
        }
        Assert.Equal(
            [
                "asymptotic-confidence-sequence",
                "beta-binomial",
                "bradley-terry",
                "cluster-robust",
                "cohens-kappa",
                "cuped",
                "group-sequential",
                "group-sequential-result",
                "krippendorff-alpha",
                "mann-whitney",
                "mcnemar",
                "multiplicity",
                "off-policy",
                "paired-t",
                "prediction-powered-difference",
                "prediction-powered-mean",
                "ratio-delta",
                "rogan-gladen",
                "sample-size-mean",
                "sample-size-proportion",
                "srm",
                "two-proportion-z",
                "welch-t",
            ],
            ran.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Run_EveryExample_AnswersAndLeavesNoFieldUnread()
    {
        foreach (var method in StatsMethods.All)
        {
            var result = StatsMethods.Run(method.Name, Parse(method.Example));
            Assert.NotEmpty(result);
            foreach (var (key, value) in result)
                if (value is null) Assert.NotNull(result["reasons"]![key]);
        }
    }

    [Fact]
    public void Run_NoSuccessInEitherArm_GivesNullsReasonsAndIntervals()
    {
        var result = StatsMethods.Run("two-proportion-z", Parse("""{"controlSuccesses": 0, "controlTotal": 500, "treatmentSuccesses": 0, "treatmentTotal": 500}"""));
        Assert.Null(result["z"]);
        Assert.Null(result["pValue"]);
        Assert.Contains("success", (string?)result["reasons"]!["pValue"], StringComparison.Ordinal);
        // Wilson's upper end at 0 of n: z² / (n + z²).
        Assert.Equal(3.841458820694124 / 503.841458820694124, (double)result["newcombeHigh"]!, 1e-14);
    }

    [Theory]
    [InlineData("welch-t", """{"control": [1, 2], "treatment": [1, "x"]}""", "treatment[1]")]
    [InlineData("welch-t", """{"control": [1, 2]}""", "'treatment' is missing")]
    [InlineData("welch-t", """{"control": [1, 2], "treatmnt": [1, 2]}""", "'treatmnt' is there")]
    [InlineData("welch-t", """{"control": [1, 2], "treatment": [1, 3], "alhpa": 0.1}""", "did you mean 'alpha'")]
    [InlineData("welch-t", """{"control": [1, 2], "treatment": [1, 3], "alpha": 5}""", "alpha")]
    [InlineData("welch-t", """{"control": [1, 2], "treatment": [1, 3], "alternative": "grater"}""", "did you mean 'greater'")]
    [InlineData("welch-t", """[1, 2]""", "must be a JSON object")]
    [InlineData("two-proportion-z", """{"controlSuccesses": 9, "controlTotal": 5, "treatmentSuccesses": 1, "treatmentTotal": 5}""", "controlSuccesses")]
    [InlineData("two-proportion-z", """{"controlSuccesses": 1.5, "controlTotal": 5, "treatmentSuccesses": 1, "treatmentTotal": 5}""", "controlSuccesses")]
    [InlineData("mcnemar", """{"onlyControl": -1, "onlyTreatment": 5}""", "onlyControl")]
    [InlineData("srm", """{"observed": [1, 2], "weights": [1]}""", "observed")]
    [InlineData("multiplicity", """{"pValues": [0.1, 1.1]}""", "pValues")]
    [InlineData("group-sequential", """{"looks": [0.5, 0.5], "spending": "pocock"}""", "looks")]
    [InlineData("group-sequential", """{"looks": [0.5, 1], "spending": "pocok"}""", "did you mean 'pocock'")]
    [InlineData("group-sequential", """{"looks": [0.5, 1], "spending": "kim-demets"}""", "'parameter' is missing")]
    [InlineData("group-sequential-result", """{"looks": [0.5, 1], "spending": "pocock", "stoppedAtLook": 3, "z": 2}""", "look")]
    [InlineData("sample-size-proportion", """{"baseline": 60, "effect": 5}""", "baseline")]
    [InlineData("quantile", """{"values": [1, 2], "units": [1], "quantile": 0.5}""", "units")]
    [InlineData("welch", """{}""", "did you mean 'welch-t'")]
    public void Run_BadInput_IsRefusedAndNamesTheField(string method, string input, string named) =>
        Assert.Contains(named, Assert.Throws<UsageException>(() => StatsMethods.Run(method, Parse(input))).Message, StringComparison.Ordinal);

    private static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    private static void Check(string name, JsonElement expected, JsonNode? actual, double tolerance)
    {
        if (expected.ValueKind == JsonValueKind.Array)
        {
            Assert.Equal(expected.GetArrayLength(), actual!.AsArray().Count);
            for (var i = 0; i < expected.GetArrayLength(); i++) Check($"{name}[{i}]", expected[i], actual[i], tolerance);
            return;
        }
        double want = expected.GetDouble(), got = actual!.GetValueKind() == JsonValueKind.Number ? double.Parse(actual.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture) : double.NaN;
        Assert.True(Math.Abs(got - want) <= tolerance * Math.Abs(want), $"{name}: expected {want}, but was {got}");
    }
}
