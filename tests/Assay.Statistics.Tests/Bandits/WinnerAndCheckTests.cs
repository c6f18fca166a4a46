using Assay.Statistics.Tests.Reference;

namespace Assay.Statistics.Tests.Bandits;

public sealed class WinnerAndCheckTests
{
    [Fact]
    public void OfRates_Bounds_SolveTheirEquation()
    {
        var decision = BanditWinner.OfRates([new(30, 400), new(90, 400), new(20, 400)], 0.05);
        Assert.Equal(1, decision.Winner);
        foreach (var p in (double[])[decision.Intervals[0].Low, decision.Intervals[0].High])
        {
            // BetaBinomial(30, 370; ½, ½) / (p^30 (1 − p)^370) = 3 / .05.
            // B(30½, 370½) / B(½, ½), by Γ(n + ½)/Γ(½) and 400!.
            var log = Enumerable.Range(0, 30).Sum(i => Math.Log(i + 0.5)) + Enumerable.Range(0, 370).Sum(i => Math.Log(i + 0.5)) - Enumerable.Range(1, 400).Sum(i => Math.Log(i));
            Oracle.Near(Math.Log(60), log - 30 * Math.Log(p) - 370 * Math.Log(1 - p), 1e-9);
        }
        Assert.Null(BanditWinner.OfRates([new(30, 400), new(45, 400)]).Winner);
        Assert.Equal(new Interval(0, 1), BanditWinner.OfRates([default, new(45, 400)]).Intervals[0]);
    }

    [Fact]
    public void OfBounded_ScaledRewards_HaveTheRatesBoundsScaled()
    {
        var rates = BanditWinner.OfRates([new(30, 400), new(70, 400)]);
        var scaled = BanditWinner.OfBounded([new(400, -1 + 2 * 30 / 400.0, 1), new(400, -1 + 2 * 70 / 400.0, 1)], -1, 1);
        Assert.Equal(-1 + 2 * rates.Intervals[0].Low, scaled.Intervals[0].Low, 1e-9);
        Assert.Equal(-1 + 2 * rates.Intervals[1].High, scaled.Intervals[1].High, 1e-9);
        Assert.Equal(rates.Winner, scaled.Winner);
        Assert.Throws<ArgumentException>(() => BanditWinner.OfBounded([new(3, 2, 1), default], 0, 1));
    }

    [Fact]
    public void OfMeans_FewRewards_HaveNoBounds()
    {
        var few = BanditWinner.OfMeans([new(99, 5, 99), new(500, 0, 500)], 500);
        Assert.Null(few.Winner);
        Assert.True(double.IsNegativeInfinity(few.Intervals[0].Low));
        Assert.Equal(0, BanditWinner.OfMeans([new(500, 5, 500), new(500, 0, 500)], 500).Winner);
    }

    [Fact]
    public void Estimates_OneBatch_AreTheFormulaWrittenOut()
    {
        var estimation = new AdaptiveEstimation(2);
        BanditPull[] first = [.. Enumerable.Range(0, 80).Select(i => new BanditPull(i % 2, [0.5, 0.5], i % 7 + i % 2))];
        BanditPull[] second = [.. Enumerable.Range(0, 90).Select(i => new BanditPull(i % 3 == 0 ? 1 : 0, [0.7, 0.3], i % 5))];
        estimation.Add(first);
        estimation.Add(second);
        var m = first.Where(p => p.Arm == 0).Average(p => p.Reward!.Value);
        (double H, double Score)[] scores =
        [
            .. first.Select(p => (Math.Sqrt(0.5), p.Arm == 0 ? p.Reward!.Value / 0.5 : 0)),
            .. second.Select(p => (Math.Sqrt(0.7), m + (p.Arm == 0 ? (p.Reward!.Value - m) / 0.7 : 0))),
        ];
        var mean = scores.Sum(s => s.H * s.Score) / scores.Sum(s => s.H);
        var error = Math.Sqrt(scores.Sum(s => s.H * s.H * (s.Score - mean) * (s.Score - mean))) / scores.Sum(s => s.H);
        var estimate = estimation.Estimates()[0].Value;
        Assert.Equal(mean, estimate.Estimate, 1e-10);
        Assert.Equal(error, estimate.StandardError, 1e-10);
        Assert.Equal(100, estimate.Pulls);
        Assert.Equal(estimation.Estimates()[1].Value.Estimate - mean, estimation.Compare(0, 1).Value.Difference, 1e-10);
    }

    [Fact]
    public void Estimates_FewEvents_AreNotEstimable()
    {
        // 29 successes in the first arm, 30 in the second.
        var estimation = new AdaptiveEstimation(2);
        estimation.Add([.. Enumerable.Range(0, 400).Select(i => new BanditPull(i % 2, [0.5, 0.5], i / 2 < 29 + i % 2 ? 1 : 0))]);
        Assert.Contains("at least 30", estimation.Estimates()[0].Reason, StringComparison.Ordinal);
        Assert.True(estimation.Estimates()[1].IsEstimable);
        Assert.Contains("arm 0", estimation.Compare(0, 1).Reason, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => estimation.Add([new(0, [0, 1], 1)]));
    }

    [Fact]
    public void AllocationCheck_ConstantShares_IsPearsonsTest()
    {
        var check = new AllocationCheck(3);
        for (var i = 0; i < 600; i++) check.Add(i < 290 ? 0 : i < 490 ? 1 : 2, [0.5, 0.3, 0.2]);
        var result = check.Test().Value;
        var pearson = SampleRatio.ChiSquare([290, 200, 110], [0.5, 0.3, 0.2]).Value;
        Oracle.Near(pearson.ChiSquare, result.ChiSquare, 1e-9);
        Oracle.Near(pearson.PValue, result.PValue, 1e-9);
        Oracle.Near(-10 / Math.Sqrt(600 * 0.25), result.ZScores[0].Value, 1e-9);
        Assert.Contains("no pulls", new AllocationCheck(2).Test().Reason, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Kind", "calibration")]
    public void AllocationCheck_UnderThompson_KeepsItsLevelAndFindsAWrongRecord()
    {
        const int runs = 400;
        var random = new Random(20260606);
        int rejected = 0, found = 0;
        for (var run = 0; run < runs; run++)
        {
            AllocationCheck right = new(2), wrong = new(2);
            var arms = new ArmRewards[2];
            for (var b = 0; b < 40; b++)
            {
                var shares = new ExplorationFloor(new BetaThompson()).Allocate(arms, 20);
                for (var i = 0; i < 20; i++)
                {
                    var arm = random.NextDouble() < shares[0] ? 0 : 1;
                    right.Add(arm, shares);
                    wrong.Add(arm, [0.5 + 0.7 * (shares[0] - 0.5) + 0.1, 0.5 - 0.7 * (shares[0] - 0.5) - 0.1]);
                    arms[arm] = arms[arm].Add(random.NextDouble() < 0.1 ? 1 : 0);
                }
            }
            if (right.Test().Value.PValue < 0.05) rejected++;
            if (wrong.Test().Value.PValue < 0.001) found++;
        }
        Assert.True(rejected <= Calibration.AtMost(runs, 0.055), $"{rejected} of {runs}");
        Assert.True(found > runs / 2, $"{found} of {runs}");
    }
}
