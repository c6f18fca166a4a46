using System.Text.Json;
using Assay.Statistics.Tests.Reference;

namespace Assay.Statistics.Tests.Sequential.GroupSequential;

/// <summary>The rows of rpact's own tests, at their tolerance of 1e-7. Two kinds of design are not ours (binding bounds given, Pampallona–Tsiatis): their bounds are checked to spend alpha.</summary>
[Trait("Kind", "reference")]
public sealed class RpactTests
{
    private const double Tolerance = 1e-7;

    [Theory]
    [InlineData("OF")]
    [InlineData("asHSD(gammaA=0)")]
    [InlineData("asUser [0.01,0.02,0.03,0.05]")]
    [InlineData("asP")]
    [InlineData("WT(0.24)")]
    [InlineData("WToptimum")]
    [InlineData("HP")]
    public void Design_Row_Agrees(string name)
    {
        var row = Row(name);
        JsonElement args = row.GetProperty("args"), expected = row.GetProperty("expected");
        var times = Times(args);
        double alpha = args.Number("alpha");
        var twoSided = args.Count("sided") == 2;
        var design = name switch
        {
            "OF" => GroupSequentialDesign.OBrienFleming(times, alpha, twoSided),
            "asHSD(gammaA=0)" => GroupSequentialDesign.Spending(times, SpendingFunction.HwangShihDeCani(0), alpha, twoSided),
            "asP" => GroupSequentialDesign.Spending(times, SpendingFunction.Pocock, alpha, twoSided, lastIsFinal: false),
            "WT(0.24)" => GroupSequentialDesign.WangTsiatis(times, 0.24, alpha, twoSided),
            "WToptimum" => GroupSequentialDesign.WangTsiatis(times, expected.Number("deltaWT"), alpha, twoSided),
            "HP" => GroupSequentialDesign.HaybittlePeto(times, 3, alpha, twoSided),
            _ => GroupSequentialDesign.Spending(times, SpendingFunction.Custom(times, [0.2, 0.4, 0.6, 1]), alpha, twoSided),
        };
        // One side ignores the other here; there they are taken together, which shows in the seventh digit.
        GroupSequentialOracleTests.Check(expected.Numbers("criticalValues"), design.CriticalValues, twoSided ? 1e-5 : Tolerance, name);
        if (expected.TryGetProperty("alphaSpent", out _)) GroupSequentialOracleTests.Check(expected.Numbers("alphaSpent"), design.AlphaSpent, Tolerance, name);
        if (expected.TryGetProperty("stageLevels", out _)) GroupSequentialOracleTests.Check(expected.Numbers("stageLevels"), design.NominalPValues, Tolerance, name);
        if (expected.TryGetProperty("inflationFactor", out var inflation))
            Assert.Equal(inflation.GetDouble(), GroupSequentialPower.InflationFactor(design, 1 - expected.Number("beta")), 2e-7);
    }

    [Theory]
    [InlineData("asHSD(gammaA=-1)+bsHSD(gammaB=-2)", false)]
    [InlineData("asKD(gammaA=2.2)+bsKD(gammaB=3.2)", false)]
    [InlineData("asP+bsUser[0.01,0.05,0.3] nonbinding", false)]
    [InlineData("asP+bsUser binding", true)]
    [InlineData("asOF+bsKD(2.5) nonbinding", false)]
    [InlineData("asOF+bsKD(2.5) nonbinding", false, 4)]
    [InlineData("asOF+bsKD(2.5) binding", true)]
    public void BetaSpending_Row_Agrees(string name, bool binding, int looks = 3)
    {
        var row = Row(name, looks);
        JsonElement args = row.GetProperty("args"), expected = row.GetProperty("expected");
        var times = Times(args);
        var (alphaSpending, betaSpending) = name[..4] switch
        {
            "asHS" => (SpendingFunction.HwangShihDeCani(-1), SpendingFunction.HwangShihDeCani(-2)),
            "asKD" => (SpendingFunction.KimDeMets(2.2), SpendingFunction.KimDeMets(3.2)),
            "asP+" => (SpendingFunction.Pocock, SpendingFunction.Custom(times, [0.01 / 0.3, 0.05 / 0.3, 1])),
            _ => (SpendingFunction.OBrienFleming, SpendingFunction.KimDeMets(2.5)),
        };
        var design = GroupSequentialDesign.Spending(times, alphaSpending, args.Number("alpha"), twoSided: false);
        var power = 1 - args.NumberOr("beta", 0.3);
        var futility = binding ? BetaSpending.Binding(design, betaSpending, power) : BetaSpending.NonBinding(design, betaSpending, power);

        GroupSequentialOracleTests.Check(expected.Numbers("criticalValues"), futility.Design.CriticalValues, 2e-7, name);
        if (expected.TryGetProperty("futilityBounds", out _))
            GroupSequentialOracleTests.Check(expected.Numbers("futilityBounds"), [.. futility.Bounds.Take(times.Length - 1)], 5e-7, name + " futility");
        if (!expected.TryGetProperty("power", out _)) return;
        var success = futility.StopProbabilities(futility.Drift).Success;
        for (var k = 1; k < success.Length; k++) success[k] += success[k - 1];
        GroupSequentialOracleTests.Check(expected.Numbers("power"), success, 5e-7, name + " power");
    }

    [Theory]
    [InlineData("WT(0.4), binding futility 0.5244 x3", 0.5244)]
    [InlineData("PT(0.2,0.3) binding", double.NaN)]
    public void Crossings_BindingBoundsOfOtherDesigns_SpendTheirAlpha(string name, double given)
    {
        var row = Row(name);
        JsonElement args = row.GetProperty("args"), expected = row.GetProperty("expected");
        var times = Times(args);
        double[] upper = expected.Numbers("criticalValues");
        double[] lower = double.IsNaN(given) ? expected.Numbers("futilityBounds") : [.. Enumerable.Repeat(given, times.Length - 1)];
        // .5244 is printed to 4 digits, the z of .3 one-sided.
        Assert.Equal(args.Number("alpha"), Crossings.Upper(times, upper, [.. lower, upper[^1]], 0).Sum(), double.IsNaN(given) ? 5e-8 : 1e-6);
    }

    private static double[] Times(JsonElement args) => args.TryGetProperty("informationRates", out _) ? args.Numbers("informationRates")
        : [.. Enumerable.Range(1, (int)args.Count("kMax")).Select(k => k / args.Number("kMax"))];

    private static JsonElement Row(string name, int looks = 0) => GroupSequentialOracleTests.Rows("oracles/rpact_group_sequential_expected.json")
        .First(r => r.GetProperty("design").GetString() == name && (looks == 0 || r.GetProperty("args").Count("kMax") == looks));
}
