using FsCheck;
using FsCheck.Fluent;

namespace Assay.Statistics.Tests.Bandits;

public sealed class AllocationTests
{
    private static readonly IAllocationRule[] Rules =
    [
        new BetaThompson(), new TopTwoThompson(new BetaThompson()), new GaussianThompson(), new TopTwoThompson(new GaussianThompson()), new Ucb1(), new KlUcb(),
        new TrackAndStop(), new UniformAllocation(),
    ];

    [Theory]
    [InlineData(7, 100, 13, 100, 11, 90)]
    [InlineData(0, 0, 0, 3, 1, 2)]
    [InlineData(52, 1000, 480, 9000, 2, 11)]
    [InlineData(1999000, 100000000, 2000000, 100000000, 2001000, 100000000)]
    public void BetaThompson_ThreeArms_IsTheBayesianProbabilityToBeBest(long s1, long n1, long s2, long n2, long s3, long n3)
    {
        Proportion[] arms = [new(s1, n1), new(s2, n2), new(s3, n3)];
        var shares = new BetaThompson().Allocate([.. arms.Select(ArmRewards.Of)]);
        // In plain steps of half the narrowest arm's deviation, by the incomplete beta function.
        BetaPosterior[] beliefs = [.. arms.Select(BetaBinomial.FlatPrior.After)];
        double low = beliefs.Min(b => Math.Max(0, b.Mean - 12 * b.StandardDeviation)), high = beliefs.Max(b => Math.Min(1, b.Mean + 12 * b.StandardDeviation));
        for (var k = 0; k < 3; k++)
        {
            var expected = Quadrature.Integrate((low, high, beliefs.Min(b => b.StandardDeviation)), x => beliefs[k].Density(x) * beliefs.Where((_, j) => j != k).Aggregate(1.0, (f, b) => f * b.Cdf(x)));
            Assert.Equal(expected, shares[k], 1e-9);
        }
    }

    [Fact]
    public void BetaThompson_JeffreysAndFractions_AreIntegratedToo()
    {
        // P(p₁ > p₂) of Beta(½, ½) against Beta(1½, ½): 1 − ∫F₁f₂, by the tangent half-angle: ½ − 2/π².
        var shares = new BetaThompson(new(0.5, 0.5)).Allocate([default, ArmRewards.Of(new Proportion(1, 1))]);
        Assert.Equal(0.5 - 2 / (Math.PI * Math.PI), shares[0], 1e-9);
        // A discounted arm: against numbers of half the step by the slow way.
        var discounted = ArmRewards.Of(new Proportion(3, 40)).Discounted(0.61);
        BetaPosterior a = new(1 + discounted.Weight * discounted.Mean, 1 + discounted.Weight * (1 - discounted.Mean)), b = new(2, 9);
        var slow = Quadrature.Integrate((0, 1, 0.002), x => a.Density(x) * b.Cdf(x));
        Assert.Equal(slow, new BetaThompson().Allocate([discounted, ArmRewards.Of(new Proportion(1, 9))])[0], 1e-6);
    }

    [Fact]
    public void GaussianThompson_TwoArms_IsTheNormalProbability()
    {
        ArmRewards a = ArmRewards.Of(new SampleMoments(40, 10.2, 4)), b = ArmRewards.Of(new SampleMoments(60, 9.5, 5));
        var variances = ShrunkVariance.Of([a, b]).Value;
        double prior = (40 * 10.2 + 60 * 9.5) / 100, ma = prior + 40 / 41.0 * (10.2 - prior), mb = prior + 60 / 61.0 * (9.5 - prior);
        var expected = StandardNormal.Cdf((ma - mb) / Math.Sqrt(variances[0] / 41 + variances[1] / 61));
        Assert.Equal(expected, new GaussianThompson().Allocate([a, b])[0], 1e-10);
    }

    [Fact]
    public void TopTwo_Shares_AreWhatRedrawingGives()
    {
        ArmRewards[] arms = [ArmRewards.Of(new Proportion(6, 40)), ArmRewards.Of(new Proportion(9, 40)), ArmRewards.Of(new Proportion(4, 40))];
        var best = new BetaThompson().ProbabilityBest(arms);
        var shares = new TopTwoThompson(new BetaThompson(), 0.6).Allocate(arms);
        var random = new Random(5);
        var drawn = new int[3];
        const int runs = 200_000;
        for (var i = 0; i < runs; i++)
        {
            var pick = Pick();
            if (random.NextDouble() >= 0.6)
            {
                int other;
                do other = Pick(); while (other == pick);
                pick = other;
            }
            drawn[pick]++;
        }
        // Four standard errors of a share.
        for (var k = 0; k < 3; k++) Assert.Equal(shares[k], drawn[k] / (double)runs, 0.0045);

        int Pick()
        {
            var u = random.NextDouble();
            return u < best[0] ? 0 : u < best[0] + best[1] ? 1 : 2;
        }
    }

    [Fact]
    public void TrackAndStop_Proportions_SolveTheirEquations()
    {
        double[] means = [0.5, 0.42, 0.31, 0.4], variances = [0.25, 0.24, 0.6, 0.1];
        var w = TrackAndStop.Proportions(means, variances);
        Assert.Equal(1, w.Sum(), 1e-12);
        double[] levels = [.. Enumerable.Range(1, 3).Select(a => Math.Pow(means[0] - means[a], 2) / (variances[0] / w[0] + variances[a] / w[a]))];
        Assert.Equal(levels[0], levels[1], 1e-9);
        Assert.Equal(levels[0], levels[2], 1e-9);
        Assert.Equal(w[0] * w[0] / variances[0], Enumerable.Range(1, 3).Sum(a => w[a] * w[a] / variances[a]), 1e-9);
        // Two arms: in proportion to the standard deviations.
        Assert.Equal(2.0 / 3, TrackAndStop.Proportions([1, 0], [4, 1])[0], 1e-9);
        Assert.Equal([0.5, 0.5, 0], TrackAndStop.Proportions([1, 1, 0], [1, 1, 1]));
    }

    [Fact]
    public void ShrunkVariance_ArmOfZeros_IsNotCertain()
    {
        ArmRewards zeros = ArmRewards.Of(new Proportion(0, 10)), one = ArmRewards.Of(new Proportion(1, 10));
        var variances = ShrunkVariance.Of([zeros, one]).Value;
        Assert.True(variances[0] > 0.03, $"{variances[0]}");
        Assert.Contains("equal", ShrunkVariance.Of([zeros, zeros]).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void KlUcb_UpperBound_SolvesItsEquation()
    {
        var q = KlUcb.UpperBound(0.02, 0.01);
        Assert.Equal(0.01, 0.02 * Math.Log(0.02 / q) + 0.98 * Math.Log(0.98 / (1 - q)), 1e-10);
        Assert.Equal(1 - Math.Exp(-0.3), KlUcb.UpperBound(0, 0.3), 1e-10);
        Assert.Equal(1, KlUcb.UpperBound(1, 0.3));
    }

    [Fact]
    public void Ucb_BatchOfEqualArms_IsSharedEqually()
    {
        ArmRewards[] equal = [ArmRewards.Of(new Proportion(2, 50)), ArmRewards.Of(new Proportion(2, 50)), ArmRewards.Of(new Proportion(2, 50))];
        foreach (var rule in (IAllocationRule[])[new Ucb1(), new KlUcb()])
            Assert.All(rule.Allocate(equal, 20), share => Assert.Equal(1 / 3.0, share, 1e-9));
        // The unpulled arm comes first, and alone.
        Assert.Equal([0, 1], new KlUcb().Allocate([ArmRewards.Of(new Proportion(2, 50)), default]));
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Allocate_AnyRule_IsADistributionAboveTheFloorAndFollowsThePermutation() => Prop.ForAll(
        (from arms in Gen.Choose(2, 6)
         from counts in Gen.Choose(0, 400).ArrayOf(2 * arms)
         select counts.Chunk(2).Select(c => new Proportion(Math.Min(c[0], c[1]), c[1])).ToArray()).ToArbitrary(),
        arms =>
        {
            foreach (var rule in Rules)
            {
                var shares = new ExplorationFloor(rule).Allocate([.. arms.Select(ArmRewards.Of)], 20);
                Assert.Equal(1, shares.Sum(), 1e-9);
                Assert.All(shares, share => Assert.True(share >= ExplorationFloor.Default(arms.Length) - 1e-12));
                double[] turned = new ExplorationFloor(rule).Allocate([.. arms.Reverse().Select(ArmRewards.Of)], 20);
                for (var k = 0; k < shares.Length; k++) Assert.True(Math.Abs(shares[k] - turned[^(k + 1)]) < 1e-8, $"{rule.Name} {k}");
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void BetaBernoulli_OtherRewardThanZeroOrOne_IsRefusedInThoseWords()
    {
        const string words = "a Beta-Bernoulli reward other than 0 or 1 is refused";
        Assert.Contains(words, new BetaThompson().Refuse(0.5), StringComparison.Ordinal);
        Assert.Contains(words, new TopTwoThompson(new BetaThompson()).Refuse(double.NaN), StringComparison.Ordinal);
        Assert.Null(new BetaThompson().Refuse(1));
        Assert.Contains(words, Assert.Throws<ArgumentException>(() => new BetaThompson().Allocate([default, new ArmRewards(1, 0.5, 0)])).Message, StringComparison.Ordinal);
        Assert.Contains(words, Assert.Throws<ArgumentException>(() =>
            new Bandit(new BetaThompson(), 2).Update([new(0, [0.5, 0.5], 1), new(1, [0.5, 0.5], 2)])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Discounted_Rewards_ForgetByTheFactorAndFollowAChange()
    {
        var arm = ArmRewards.Of(new SampleMoments(10, 3, 2)).Discounted(0.5);
        Assert.Equal((5, 3, 9), (arm.Weight, arm.Mean, arm.Squares));
        var bandit = new Bandit(new ExplorationFloor(new BetaThompson()), 2, 100, discount: 0.8);
        var fixedBandit = new Bandit(new ExplorationFloor(new BetaThompson()), 2, 100);
        foreach (var (best, batches) in new[] { (0, 30), (1, 8) })
            for (var b = 0; b < batches; b++)
                foreach (var each in (Bandit[])[bandit, fixedBandit])
                    each.Update([.. Enumerable.Range(0, 100).Select(i => new BanditPull(i % 2, [0.5, 0.5], i / 2 % 10 < (i % 2 == best ? 4 : 2) ? 1 : 0))]);
        Assert.True(bandit.Shares[1] > 0.9, $"{bandit.Shares[1]}");
        Assert.True(fixedBandit.Shares[1] < 0.1, $"{fixedBandit.Shares[1]}");
        Assert.Contains("discounting", bandit.Winner().Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void BadInput_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => new Ucb1().Allocate([default]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Ucb1().Allocate([default, default], 0));
        Assert.Throws<ArgumentException>(() => new KlUcb().Allocate([default, new ArmRewards(1, 2, 0)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BetaThompson(new BetaPosterior(0.4, 1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExplorationFloor(new Ucb1(), 0.4).Allocate([default, default, default]));
        Assert.Throws<ArgumentOutOfRangeException>(() => default(ArmRewards).Discounted(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => TrackAndStop.Proportions([1, 2], [0, 1]));
    }
}
