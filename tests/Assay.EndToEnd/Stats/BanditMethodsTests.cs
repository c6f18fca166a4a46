using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Cli;
using Assay.Cli.Stats;

namespace Assay.EndToEnd.Stats;

/// <summary>Bandits, and what else of points 10 and 11 is asked for by <c>assay stats</c>.</summary>
public sealed class BanditMethodsTests
{
    [Fact]
    public void BanditAllocation_Thompson_AddsUpAndKeepsTheFloor()
    {
        var shares = Run("bandit-allocation", """{"rule": "thompson", "successes": [0, 40, 1], "trials": [100, 100, 100], "floor": 0.1}""")["shares"]!.AsArray().Select(s => (double)s!).ToArray();
        Assert.Equal(1, shares.Sum(), 1e-12);
        Assert.Equal(0.1, shares[0], 1e-9);
        Assert.Equal(0.8, shares[1], 1e-9);
    }

    [Fact]
    public void LinUcb_OneNumberAsContext_IsTheRidgeFormula()
    {
        // Arm 0 saw x = (1, 2) with reward 1: A = [[2, 2], [2, 5]], A⁻¹ = [[5, −2], [−2, 2]] / 6, b = (1, 2); at (1, 1): θ·x = 1/6 + 2/6, xᵀA⁻¹x = 3/6.
        var result = Run("linucb", """{"arm": [0], "reward": [1], "contexts": [[2]], "context": [1], "width": 0.5}""");
        Assert.Equal(0.5 + 0.5 * Math.Sqrt(0.5), (double)result["upperBounds"]![0]!, 1e-12);
        Assert.Equal(0.5 * Math.Sqrt(2), (double)result["upperBounds"]![1]!, 1e-12);
        Assert.Equal(0.95, (double)result["shares"]![0]!, 1e-12);
    }

    [Fact]
    public void BanditWinner_TwoArms_NamesOneOnlyWhenBoundsPart()
    {
        Assert.Equal(1, (long)Run("bandit-winner", """{"successes": [30, 90], "trials": [400, 400]}""")["winner"]!);
        var open = Run("bandit-winner", """{"successes": [30, 40], "trials": [400, 400]}""");
        Assert.Null(open["winner"]);
        Assert.Contains("upper bound", (string?)open["reasons"]!["winner"], StringComparison.Ordinal);
    }

    [Fact]
    public void OffPolicy_WithAModel_IsDoublyRobust()
    {
        var result = Run("off-policy", """{"action": [0, 1, 1, 0], "reward": [1, 0, 1, 0], "propensity": [0.5, 0.5, 0.25, 0.75], "targetPolicy": [0.4, 0.6], "modelTaken": [1, 0, 1, 0], "modelTarget": [0.2, 0.3, 0.4, 0.5]}""");
        Assert.Equal(0.35, (double)result["doublyRobust"]!, 1e-12);
    }

    [Fact]
    public void CohensKappa_SixOfEight_HasIntervalsAndIsTooFewToTell()
    {
        var result = Run("cohens-kappa", """{"raterA": [0, 1, 2, 0, 1, 2, 0, 1], "raterB": [0, 1, 2, 0, 1, 2, 1, 2]}""");
        Assert.Equal(0.41, (double)result["agreementLow"]!, 0.005);
        Assert.Equal(0.93, (double)result["agreementHigh"]!, 0.005);
        Assert.Contains("too few to tell", (string?)result["note"], StringComparison.Ordinal);
        Assert.InRange((double)result["linear"]!, (double)result["linearLow"]!, (double)result["linearHigh"]!);
        Assert.InRange((double)result["quadratic"]!, (double)result["quadraticLow"]!, (double)result["quadraticHigh"]!);
    }

    [Theory]
    [InlineData("cohens-kappa", """{"raterA": [1, 1, 1, 1], "raterB": [1, 1, 1, 1]}""")]
    [InlineData("fleiss-kappa", """{"counts": [[3, 0], [3, 0], [3, 0], [3, 0]]}""")]
    public void Kappa_OneCategoryOnly_LeavesTheAgreementWithItsInterval(string method, string input)
    {
        var result = Run(method, input);
        Assert.Equal(1, (double)result["agreement"]!);
        Assert.Equal(0.51, (double)result["agreementLow"]!, 0.005);
        Assert.Equal(1, (double)result["agreementHigh"]!);
        Assert.Equal(4, (long)result["items"]!);
        foreach (var key in (string[])["kappa", "standardError", "low", "high"])
        {
            Assert.Null(result[key]);
            Assert.Contains("one category", (string?)result["reasons"]![key], StringComparison.Ordinal);
        }
    }

    [Fact]
    public void FleissKappa_SomeDisagreement_HasTheAgreementsInterval()
    {
        var result = Run("fleiss-kappa", """{"counts": [[3, 0], [2, 1], [0, 3], [3, 0]]}""");
        Assert.Equal(5 / 6.0, (double)result["agreement"]!, 1e-12);
        Assert.InRange((double)result["agreementLow"]!, 0.3, 0.6);
        Assert.InRange((double)result["agreementHigh"]!, 0.9, 1);
    }

    [Theory]
    [InlineData("cohens-kappa", """{"raterA": [], "raterB": []}""")]
    [InlineData("fleiss-kappa", """{"counts": []}""")]
    public void Kappa_WithoutItems_IsNullWithReasons(string method, string input)
    {
        var result = Run(method, input);
        Assert.Null(result["agreement"]);
        Assert.NotNull(result["reasons"]!["agreement"]);
        Assert.NotNull(result["reasons"]!["kappa"]);
    }

    [Fact]
    public void InterleavingTest_FiveOfFive_HasAnInterval()
    {
        var result = Run("interleaving-test", """{"aWins": 0, "bWins": 5, "ties": 0}""");
        Assert.Equal(0.478, (double)result["low"]!, 0.0005);
        Assert.Equal(1, (double)result["high"]!, 1e-9);
    }

    [Fact]
    public void BradleyTerry_Bootstrap_HasIntervalsThatRepeat()
    {
        var games = Enumerable.Range(0, 60).Select(i => (Left: i % 3, Right: (i + 1) % 3, Won: i % 5 < 2 ? 1.0 : i % 5 == 2 ? 0.5 : 0)).ToList();
        var input = JsonSerializer.Serialize(new { left = games.Select(g => g.Left), right = games.Select(g => g.Right), leftWins = games.Select(g => g.Won), bootstrap = 200, seed = 3 });
        var result = Run("bradley-terry", input);
        for (var p = 0; p < 3; p++) Assert.InRange((double)result["ratings"]![p]!, (double)result["ratingsLow"]![p]!, (double)result["ratingsHigh"]![p]!);
        Assert.Equal(result.ToJsonString(), Run("bradley-terry", input).ToJsonString());
    }

    [Fact]
    public void RoganGladenDifference_ArmsAlike_IsNone()
    {
        string Arm(string arm) => $"\"{arm}JudgePositive\": 300, \"{arm}Total\": 1000, \"{arm}TruePositives\": 90, \"{arm}HumanPositives\": 100, \"{arm}TrueNegatives\": 85, \"{arm}HumanNegatives\": 100";
        var result = Run("rogan-gladen-difference", $"{{{Arm("control")}, {Arm("treatment")}}}");
        Assert.Equal(0, (double)result["difference"]!, 1e-12);
        Assert.True((double)result["low"]! < 0 && (double)result["high"]! > 0);
    }

    [Fact]
    public void PredictionPoweredTraffic_TwoArms_HasTheirDifferenceAndFewDegreesOfFreedom()
    {
        object?[] Labels(int every) => [.. Enumerable.Range(0, 600).Select(i => i % 5 == 0 ? (object?)(i / 5 % every == 0 ? 1 : 0) : null)];
        double[] scores = [.. Enumerable.Range(0, 600).Select(i => 0.3 + 0.001 * (i % 7))], probabilities = [.. scores.Select(_ => 0.2)];
        int[] units = [.. scores.Select((_, i) => i / 2)];
        var input = JsonSerializer.Serialize(new
        {
            controlJudge = scores,
            controlHuman = Labels(4),
            controlProbability = probabilities,
            controlUnit = units,
            treatmentJudge = scores,
            treatmentHuman = Labels(2),
            treatmentProbability = probabilities,
            treatmentUnit = units,
        });
        var result = Run("prediction-powered-traffic", input);
        Assert.Equal(0.25, (double)result["difference"]!, 0.06);
        Assert.Equal(119, (double)result["df"]!);
    }

    [Theory]
    [InlineData("bradley-terry", """{"left": [0, 0], "right": [1, 1], "leftWins": [1, 0], "bootstrap": 1.5}""", "bootstrap")]
    [InlineData("bandit-allocation", """{"rule": "thompson", "n": [5, 5], "mean": [0.5, 2], "variance": [1, 1]}""", "a Beta-Bernoulli reward other than 0 or 1 is refused")]
    [InlineData("bandit-allocation", """{"rule": "thomson", "successes": [1, 2], "trials": [5, 5]}""", "did you mean 'thompson'")]
    [InlineData("bandit-allocation", """{"successes": [1, 2], "trials": [5, 5], "floor": 0.6}""", "floor")]
    [InlineData("linucb", """{"arm": [0], "reward": [1], "contexts": [[2, 3]], "context": [1]}""", "contexts[0]")]
    [InlineData("linucb", """{"arm": [2], "reward": [1], "contexts": [[2]], "context": [1], "arms": 2}""", "arms")]
    [InlineData("allocation-check", """{"arm": [1], "propensities": [[1, 0]]}""", "cannot be 0")]
    [InlineData("adaptive-estimate", """{"arm": [0, 1], "reward": [1], "propensities": [[0.5, 0.5], [0.5, 0.5]]}""", "reward")]
    public void Run_BadInput_IsRefused(string method, string input, string named) =>
        Assert.Contains(named, Assert.Throws<UsageException>(() => Run(method, input)).Message, StringComparison.Ordinal);

    private static JsonObject Run(string method, string input)
    {
        using var document = JsonDocument.Parse(input);
        return StatsMethods.Run(method, document.RootElement);
    }
}
