using Assay.Statistics.Tests.Reference;
using FsCheck;
using FsCheck.Fluent;

namespace Assay.Statistics.Tests.Sequential.GroupSequential;

public sealed class GroupSequentialTests
{
    private static readonly double Drift = StandardNormal.Critical(0.05) + StandardNormal.Quantile(0.8);

    [Theory]
    [Trait("Kind", "reference")]
    [InlineData(4, 1500, 1.0196)]
    [InlineData(10, 0, 1.0378)]
    [InlineData(14, 1533, 1.0424)]
    public void ForProportions_SixtyToSixtyFivePercent_IsThePublishedPlan(int looks, long perArm, double factor)
    {
        var design = GroupSequentialDesign.Spending(looks, SpendingFunction.OBrienFleming);
        Oracle.Rounded(factor, GroupSequentialPower.InflationFactor(design, 0.8), 4, "inflation");
        if (perArm > 0) Assert.Equal(perArm, GroupSequentialSampleSize.ForProportions(design, 0.60, 0.05).PerArm);
    }

    [Fact]
    [Trait("Kind", "reference")]
    public void Estimate_StopAtLookThreeOfFour_IsThePublishedOne()
    {
        var design = GroupSequentialDesign.Spending(4, SpendingFunction.OBrienFleming);
        var result = StageWise.Estimate(design, 3, 2.6);
        Oracle.Rounded(0.0053795, result.PValueOneSided, 7, "p");
        Oracle.Rounded(2.97720, result.Drift, 5, "drift");
        Oracle.Rounded(3.00222, result.NaiveDrift, 5, "naive");
        Oracle.Rounded(0.69379, result.DriftInterval.Low, 5, "low");
        Oracle.Rounded(5.24873, result.DriftInterval.High, 5, "high");
        Assert.Equal(2 * result.PValueOneSided, result.PValue);
    }

    [Fact]
    [Trait("Kind", "reference")]
    public void FromCriticalValues_RegisteredBounds_StopAtThreeQuartersAndSpendMoreThanFivePercent()
    {
        var design = GroupSequentialDesign.FromCriticalValues([0.25, 0.5, 0.75, 1], [3.47, 2.45, 2.14, 2.01]);
        Assert.Equal(3, design.StopsAt([1.20, 2.10, 2.31]));
        Oracle.Rounded(0.0626, design.Alpha, 4, "alpha");
    }

    [Fact]
    [Trait("Kind", "reference")]
    public void Power_FourteenLooksAtTheUninflatedSample_IsThePublishedOne() =>
        Oracle.Rounded(0.783, GroupSequentialPower.Of(GroupSequentialDesign.Spending(14, SpendingFunction.OBrienFleming), Drift), 3);

    [Fact]
    public void Spending_OneLook_IsTheFixedTest()
    {
        var design = GroupSequentialDesign.Spending(1, SpendingFunction.OBrienFleming);
        Assert.Equal(StandardNormal.Critical(0.05), design.CriticalValues[0], 1e-13);
        Assert.Equal(0.8, GroupSequentialPower.Of(design, Drift), 1e-13);
        Assert.Equal(1, GroupSequentialPower.InflationFactor(design, 0.8), 1e-12);
        var result = StageWise.Estimate(design, 1, 2.2);
        Assert.Equal(StandardNormal.UpperTail(2.2), result.PValueOneSided, 1e-15);
        Assert.Equal(2.2, result.Drift, 1e-11);
        Assert.Equal(2.2 - StandardNormal.Critical(0.05), result.DriftInterval.Low, 1e-11);
    }

    [Fact]
    public void Spending_TwoLooks_AgreesWithTheBivariateNormal()
    {
        // P(Z₁ < c₁, Z₂ ≥ c₂) by the trapezoid rule on Z₁, which is exact to rounding for a smooth integrand cut only where it is evaluated.
        var design = GroupSequentialDesign.Spending([0.5, 0.51], SpendingFunction.OBrienFleming, 0.05, lastIsFinal: false);
        double c1 = design.CriticalValues[0], c2 = design.CriticalValues[1], r = Math.Sqrt(0.5 / 0.51), sum = 0;
        const int steps = 400_000;
        for (var i = 0; i <= steps; i++)
        {
            var z = -9 + (c1 + 9) * i / steps;
            sum += (i is 0 or steps ? 0.5 : 1) * Math.Exp(-z * z / 2) * StandardNormal.UpperTail((c2 - r * z) / Math.Sqrt(1 - r * r));
        }
        var spent = sum * (c1 + 9) / steps / Math.Sqrt(2 * Math.PI);
        Oracle.Near(design.AlphaSpent[1] - design.AlphaSpent[0], spent, 1e-8);
    }

    [Fact]
    [Trait("Kind", "reference")]
    public void Spending_LooksOneHundredthApart_AgreesWithAnotherRecursion()
    {
        // By Simpson's rule on 2,001 points of the score, written apart; halving its step moves the ninth digit.
        double[] expected = [2.9625880427277167, 3.0049336787055694, 2.9962073125273463, 2.978219742231758, 1.972161295967723];
        var design = GroupSequentialDesign.Spending([0.5, 0.51, 0.52, 0.53, 1], SpendingFunction.OBrienFleming);
        for (var k = 0; k < 5; k++) Assert.Equal(expected[k], design.CriticalValues[k], 3e-9);
    }

    [Fact]
    public void Spending_LooksOneHundredthApart_KeepsAlpha()
    {
        double[] times = [0.5, 0.51, 0.52, 0.53, 0.9, 0.91, 1];
        var design = GroupSequentialDesign.Spending(times, SpendingFunction.OBrienFleming);
        Assert.Equal(0.025, GroupSequentialPower.Of(design, 0), 1e-12);
        Assert.All(design.CriticalValues, c => Assert.InRange(c, 1.9, 3.2));
    }

    [Fact]
    public void Spending_FarBeyondEight_StaysFiniteAndDescends()
    {
        var design = GroupSequentialDesign.Spending(181, SpendingFunction.OBrienFleming);
        Assert.InRange(design.CriticalValues[0], 29, 31);
        for (var k = 1; k < 181; k++) Assert.True(design.CriticalValues[k] < design.CriticalValues[k - 1], $"look {k + 1}");
        Oracle.Near(0.025, GroupSequentialPower.Of(design, 0), 1e-11);
        // Deep in the tail every path that crosses now was below at the look before, so the tail of Z alone is spent, and almost nothing before.
        Oracle.Near(design.AlphaSpent[1], StandardNormal.UpperTail(design.CriticalValues[1]), 1e-6);
    }

    [Fact]
    public void Spending_NothingMayBeSpent_HasAnInfiniteBound()
    {
        var design = GroupSequentialDesign.Spending([0.0005, 0.5, 1], SpendingFunction.OBrienFleming);
        Assert.Equal(double.PositiveInfinity, design.CriticalValues[0]);
        Assert.Equal(0, design.NominalPValues[0]);
        Assert.Equal(new Interval(double.NegativeInfinity, double.PositiveInfinity), design.RepeatedInterval(1, 0.1, 0.05));
        var without = GroupSequentialDesign.Spending([0.5, 1], SpendingFunction.OBrienFleming);
        Assert.Equal(without.CriticalValues[1], design.CriticalValues[2], 1e-9);
    }

    [Fact]
    public void Spending_TwoSides_TogetherRejectAlphaFromBelow()
    {
        foreach (var spending in new[] { SpendingFunction.OBrienFleming, SpendingFunction.Pocock })
        {
            var design = GroupSequentialDesign.Spending(10, spending);
            Assert.InRange(GroupSequentialPower.RejectionRate([.. design.InformationFractions], [.. design.CriticalValues]), 0.05 - 1e-5, 0.05);
        }
    }

    [Theory]
    [InlineData(0.8)]
    [InlineData(1.3)]
    public void Spending_UnderAndOverRunning_SpendsAllThatIsLeft(double last)
    {
        var design = GroupSequentialDesign.Spending([0.3, 0.6, last], SpendingFunction.Pocock);
        Assert.Equal(0.025, design.AlphaSpent[^1]);
        Assert.Equal(0.025, GroupSequentialPower.Of(design, 0), 1e-12);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Spending_AnyLooks_NeverPassesWhatTheFunctionAllows() => Prop.ForAll(AnyLooks(), times =>
    {
        foreach (var spending in new[] { SpendingFunction.OBrienFleming, SpendingFunction.Pocock, SpendingFunction.HwangShihDeCani(-4), SpendingFunction.KimDeMets(3) })
        {
            var design = GroupSequentialDesign.Spending(times, spending, 0.03);
            var stops = GroupSequentialPower.StopProbabilities(design, 0);
            double sum = 0;
            for (var k = 0; k < times.Length; k++)
            {
                sum += stops[k];
                if (Math.Abs(sum - design.AlphaSpent[k]) > 1e-12 || (k > 0 && design.AlphaSpent[k] < design.AlphaSpent[k - 1])) return false;
            }
        }
        return true;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(15));

    [Fact]
    [Trait("Kind", "property")]
    public void Power_LargerDrift_IsLargerAndStopsSooner()
    {
        var design = GroupSequentialDesign.Spending([0.2, 0.45, 0.5, 1], SpendingFunction.HwangShihDeCani(-2));
        double before = 0, sample = 2;
        for (var drift = -1.0; drift < 6; drift += 0.5)
        {
            double power = GroupSequentialPower.Of(design, drift), fraction = GroupSequentialPower.MeanInformationFraction(design, drift);
            Assert.True(power > before && fraction < sample, $"drift {drift}");
            (before, sample) = (power, fraction);
        }
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Estimate_OtherSide_IsTheMirrorImage()
    {
        var design = GroupSequentialDesign.Spending([0.3, 0.7, 1], SpendingFunction.Pocock);
        GroupSequentialEstimate up = StageWise.Estimate(design, 2, 2.4), down = StageWise.Estimate(design, 2, -2.4);
        Assert.Equal((up.PValue, -up.Drift, -up.DriftInterval.High, -up.DriftInterval.Low), (down.PValue, down.Drift, down.DriftInterval.Low, down.DriftInterval.High));
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Estimate_AtTheBound_HasTheSpentAlphaAsPValueAndAnIntervalThatTouchesNought()
    {
        var design = GroupSequentialDesign.Spending([0.3, 0.7, 1], SpendingFunction.OBrienFleming);
        for (var look = 1; look <= 3; look++) Oracle.Near(design.AlphaSpent[look - 1], StageWise.Estimate(design, look, design.CriticalValues[look - 1]).PValueOneSided, 1e-10);
        Assert.Equal(0, StageWise.Estimate(design, 3, design.CriticalValues[2]).DriftInterval.Low, 1e-9);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void StageWiseDistribution_EveryOutcome_AgreesWithTheEstimate()
    {
        foreach (var twoSided in new[] { true, false })
        {
            var design = GroupSequentialDesign.Spending([0.3, 0.7, 1], SpendingFunction.Pocock, 0.05, twoSided);
            var none = new StageWiseDistribution(design, 0);
            for (var look = 1; look <= 3; look++)
            {
                foreach (var z in new[] { 2.9, 1.1, -0.4, -2.6 })
                {
                    var estimate = StageWise.Estimate(design, look, z);
                    Assert.Equal(twoSided && z < 0 ? 1 - estimate.PValueOneSided : estimate.PValueOneSided, none.AtLeast(look, z), 1e-12);
                    var (low, high) = estimate.DriftInterval;
                    Assert.True(new StageWiseDistribution(design, low + 1e-6).IsCovered(look, z) && new StageWiseDistribution(design, high - 1e-6).IsCovered(look, z));
                    Assert.False(new StageWiseDistribution(design, low - 1e-6).IsCovered(look, z) || new StageWiseDistribution(design, high + 1e-6).IsCovered(look, z));
                    Assert.Equal(0.5, new StageWiseDistribution(design, estimate.Drift).AtLeast(look, z), 1e-9);
                }
            }
        }
    }

    [Fact]
    [Trait("Kind", "calibration")]
    public void StageWise_TrueDrift_IsCoveredAndTheEstimateIsMedianUnbiased()
    {
        const int seed = 20260301, runs = 1500;
        const double drift = 2.5;
        var random = new Random(seed);
        double[] times = [0.3, 0.6, 1];
        var design = GroupSequentialDesign.Spending(times, SpendingFunction.Pocock);
        int covered = 0, repeated = 0, below = 0, naiveBelow = 0;
        for (var run = 0; run < runs; run++)
        {
            double score = 0, at = 0;
            for (var k = 0; k < 3; k++)
            {
                score += drift * (times[k] - at) + Math.Sqrt(times[k] - at) * Draw.Normal(random);
                at = times[k];
                var z = score / Math.Sqrt(at);
                if (k < 2 && Math.Abs(z) < design.CriticalValues[k]) continue;
                var result = StageWise.Estimate(design, k + 1, z);
                if (result.DriftInterval.Contains(drift)) covered++;
                if (design.RepeatedInterval(k + 1, z / Math.Sqrt(at), 1 / Math.Sqrt(at)).Contains(drift)) repeated++;
                if (result.Drift < drift) below++;
                if (result.NaiveDrift < drift) naiveBelow++;
                break;
            }
        }
        var slack = 3.9 * Math.Sqrt(0.05 * 0.95 / runs);
        Assert.InRange((double)covered / runs, 0.95 - slack, 0.95 + slack);
        Assert.True((double)repeated / runs >= 0.95 - slack, $"seed {seed}: repeated interval covers {repeated} of {runs}");
        Assert.InRange((double)below / runs, 0.5 - 3.9 * 0.5 / Math.Sqrt(runs), 0.5 + 3.9 * 0.5 / Math.Sqrt(runs));
        Assert.True(naiveBelow < below, $"seed {seed}: the naive estimate lies below in {naiveBelow}, ours in {below} of {runs}");
    }

    [Fact]
    public void NonBinding_Futility_LeavesCriticalValuesAndStopsMost()
    {
        var design = GroupSequentialDesign.Spending(4, SpendingFunction.OBrienFleming);
        var futility = BetaSpending.NonBinding(design, SpendingFunction.HwangShihDeCani(-2));
        Assert.Same(design, futility.Design);
        var (success, giveUp) = futility.StopProbabilities(futility.Drift);
        Assert.Equal(0.8, success.Sum(), 1e-10);
        Assert.Equal(1, success.Sum() + giveUp.Sum(), 1e-10);
        for (var k = 0; k < 4; k++) Assert.Equal(futility.BetaSpent[k], giveUp.Take(k + 1).Sum(), 1e-10);
        Assert.True(futility.InflationFactor > GroupSequentialPower.InflationFactor(design, 0.8));
        Assert.True(futility.MeanInformationFraction(0) < 0.75);
        // Nobody obeys: the error rate stays.
        Assert.Equal(0.025, GroupSequentialPower.Of(futility.Design, 0), 1e-12);
    }

    [Fact]
    public void Designs_Misuse_Throws()
    {
        var of = SpendingFunction.OBrienFleming;
        foreach (var alpha in new[] { 0, 1, -0.1, double.NaN }) Assert.Throws<ArgumentOutOfRangeException>("alpha", () => GroupSequentialDesign.Spending(2, of, alpha));
        foreach (var looks in new double[][] { [0.5, 0.5], [0.6, 0.5], [0, 1], [-0.5, 1], [double.NaN], [0.5, double.PositiveInfinity] })
            Assert.Throws<ArgumentOutOfRangeException>("looks", () => GroupSequentialDesign.Spending(looks, of));
        Assert.Throws<ArgumentException>("looks", () => GroupSequentialDesign.Pocock([]));
        Assert.Throws<ArgumentOutOfRangeException>("looks", () => GroupSequentialDesign.Spending(0, of));
        Assert.Throws<ArgumentOutOfRangeException>("exponent", () => SpendingFunction.KimDeMets(0));
        Assert.Throws<ArgumentOutOfRangeException>("gamma", () => SpendingFunction.HwangShihDeCani(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("shares", () => SpendingFunction.Custom([0.5, 1], [0.6, 0.5]));
        Assert.Throws<ArgumentOutOfRangeException>("shares", () => SpendingFunction.Custom([0.5, 1], [0.6, 0.9]));
        Assert.Throws<ArgumentOutOfRangeException>("interim", () => GroupSequentialDesign.HaybittlePeto([0.25, 0.5, 0.75, 1], 1));
        Assert.Throws<ArgumentOutOfRangeException>("shape", () => GroupSequentialDesign.WangTsiatis([0.5, 1], double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("criticalValues", () => GroupSequentialDesign.FromCriticalValues([0.5, 1], [2, -2]));
        Assert.Throws<ArgumentOutOfRangeException>("criticalValues", () => GroupSequentialDesign.FromCriticalValues([0.5, 1], [double.PositiveInfinity, double.PositiveInfinity]));
        Assert.Throws<ArgumentOutOfRangeException>("criticalValues", () => GroupSequentialDesign.FromCriticalValues([0.5, 1], [double.NegativeInfinity, 2], twoSided: false));
        Assert.Throws<ArgumentException>("criticalValues", () => GroupSequentialDesign.FromCriticalValues([0.5, 1], [2]));
        var design = GroupSequentialDesign.Spending(2, of);
        Assert.Throws<ArgumentOutOfRangeException>("look", () => StageWise.Estimate(design, 3, 2));
        Assert.Throws<ArgumentOutOfRangeException>("z", () => StageWise.Estimate(design, 1, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("power", () => GroupSequentialPower.DriftFor(design, 0.01));
        Assert.Throws<ArgumentOutOfRangeException>("standardError", () => design.RepeatedInterval(1, 0.1, 0));
        Assert.Throws<ArgumentException>("z", () => design.StopsAt([1, 1, 1]));
        Assert.Throws<ArgumentOutOfRangeException>("look", () => design.IsReached(3, 2));
        Assert.Throws<ArgumentOutOfRangeException>("z", () => design.IsReached(1, double.NaN));
    }

    [Fact]
    public void IsReached_AtTheBoundAndBeyond_IsTrueOnTheSidesThatStop()
    {
        var both = GroupSequentialDesign.FromCriticalValues([0.5, 1], [double.PositiveInfinity, 2]);
        Assert.True(both.IsReached(2, 2));
        Assert.True(both.IsReached(2, -2));
        Assert.False(both.IsReached(2, 1.99));
        Assert.False(both.IsReached(1, 9));
        Assert.False(GroupSequentialDesign.FromCriticalValues([0.5, 1], [3, 2], twoSided: false).IsReached(2, -2));
    }

    private static Arbitrary<double[]> AnyLooks() => Gen.Choose(1, 100).NonEmptyListOf()
        .Select(list => list.Distinct().Order().Take(8).Select(i => i / 100.0).ToArray()).ToArbitrary();
}
