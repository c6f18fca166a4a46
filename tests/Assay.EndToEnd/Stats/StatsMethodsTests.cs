using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Cli;
using Assay.Cli.Stats;
using Assay.Statistics;
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

    [Fact]
    public void Run_CupedOfSeveralCovariates_CountsTheirCoefficients()
    {
        // R: lm(Y ~ T + X + W) of the same numbers.
        var result = StatsMethods.Run("cuped", Parse("""
            {"control": [3.1, 4.0, 5.2, 4.4, 6.0, 7.3, 5.1], "controlCovariates": [[1.0, 2.5, 3.0, 2.2, 4.1, 5.0, 3.9], [0, 1, 1, 0, 1, 1, 0]],
             "treatment": [3.9, 4.8, 6.0, 5.2, 6.8, 8.1, 5.9], "treatmentCovariates": [[1.6, 3.1, 3.6, 2.8, 4.7, 5.6, 4.5], [0.2, 1.2, 1.2, 0.2, 1.2, 1.2, 0.2]],
             "thetaIsKnown": false}
            """));
        Assert.Equal(0.197006237006237, (double)result["difference"]!, 1e-12);
        Assert.Equal(0.432132701499258, (double)result["pValue"]!, 1e-9);
        Assert.Equal(2, result["theta"]!.AsArray().Count);
    }

    [Fact]
    public void Run_CupedOfRatiosWithGaps_IsThatOfTheLibrary()
    {
        var result = StatsMethods.Run("cuped", Parse("""
            {"control": [3, 5, 2, 6, 4, 7], "controlDenominator": [2, 3, 1, 4, 3, 4], "controlCovariates": [[1, null, 2, 4, 3, 5]],
             "treatment": [4, 5, 3, 7, 4, 9], "treatmentDenominator": [2, 3, 1, 4, 3, 4], "treatmentCovariates": [[2, 3, 1, null, 3, 6]]}
            """));
        double mean = 30.0 / 10;
        JointMoments Arm(double[] y, double[] x, double[] f, double[] g) => JointMoments.FromColumns(y, x, f, g);
        var expected = Cuped.Ratios(
            Arm([3, 5, 2, 6, 4, 7], [2, 3, 1, 4, 3, 4], [1, mean, 2, 4, 3, 5], [0, 1, 0, 0, 0, 0]),
            Arm([4, 5, 3, 7, 4, 9], [2, 3, 1, 4, 3, 4], [2, 3, 1, mean, 3, 6], [0, 0, 0, 1, 0, 0]), 0.05).Value.Adjusted;
        Assert.Equal(expected.Difference, (double)result["difference"]!, 1e-12);
        Assert.Equal(2, (double)result["covariatesMissing"]![0]!);
    }

    [Fact]
    public void Run_PostStratificationWithWeights_IsTheWeightedMix()
    {
        var result = StatsMethods.Run("post-stratification", Parse("""
            {"control": [1, 2, 3, 9, 11], "controlStrata": ["free", "free", "free", "paid", "paid"],
             "treatment": [2, 3, 12, 13, 14], "treatmentStrata": ["free", "free", "paid", "paid", "paid"], "weights": {"free": 1, "paid": 3}}
            """));
        Assert.Equal(0.25 * 0.5 + 0.75 * 3, (double)result["difference"]!, 1e-12);
    }

    [Theory]
    [InlineData("post-stratification", """{"control": [1, 2], "controlStrata": ["a", "a"], "treatment": [1, 3], "treatmentStrata": ["a", "a"], "weights": {"b": 1}}""", "'b' does not occur")]
    [InlineData("post-stratification", """{"control": [1, 2], "controlStrata": ["a", "a"], "treatment": [1, 3], "treatmentStrata": ["a", "a"], "weights": {"a": 0}}""", "must be positive")]
    [InlineData("post-stratification", """{"control": [1, 2], "controlStrata": ["a", "a"], "treatment": [1, 3], "treatmentStrata": ["a", "a"], "controlDenominator": [1, 1]}""", "treatmentDenominator")]
    [InlineData("cuped", """{"control": [1, 2, 4], "controlCovariates": [[1, 2]], "treatment": [1, 3, 4], "treatmentCovariates": [[1, 2, 3]]}""", "a column has 2 elements")]
    [InlineData("cuped", """{"control": [1, 2, 4], "controlCovariates": [[1, 2, 3]], "treatment": [1, 3, 4], "treatmentCovariates": [[1, 2, 3], [1, 2, 3]]}""", "2 columns")]
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
