using System.Globalization;

namespace Assay.Statistics.Tests.Bandits;

/// <summary>Whole bandits: pulls drawn from the shares, rewards drawn from rates, a look at the winner after every batch.</summary>
[Trait("Kind", "calibration")]
public sealed class BanditCalibrationTests
{
    private const int Batch = 20;
    private const double Alpha = 0.05;

    // Every rule on the command line but linucb, which needs a context and has a test of its own.
    private static readonly IAllocationRule[] Rules =
    [
        new UniformAllocation(), new BetaThompson(), new TopTwoThompson(new BetaThompson()), new GaussianThompson(), new TopTwoThompson(new GaussianThompson()), new Ucb1(), new KlUcb(),
        new TrackAndStop(),
    ];

    [Theory]
    [InlineData(0.02, 120)]
    [InlineData(0.1, 120)]
    public void SameArms_TinyBatches_NameNoMoreWinnersThanPromised(double rate, int runs) => CheckNull(rate, runs, 100, 20260601);

    [Theory]
    [Trait("Tier", "slow")]
    [InlineData(0.02, 600)]
    [InlineData(0.05, 600)]
    [InlineData(0.1, 600)]
    public void SameArms_TinyBatchesAtLength_NameNoMoreWinnersThanPromised(double rate, int runs) => CheckNull(rate, runs, 150, 20260602);

    [Theory]
    [InlineData(0.02, 60)]
    [InlineData(0.1, 60)]
    public void SameArms_LinUcbWithContext_NamesNoMoreWinnersThanPromised(double rate, int runs) => CheckLinear(rate, runs, 60, 20260606);

    [Theory]
    [Trait("Tier", "slow")]
    [InlineData(0.02, 600)]
    [InlineData(0.05, 600)]
    [InlineData(0.1, 600)]
    public void SameArms_LinUcbWithContextAtLength_NamesNoMoreWinnersThanPromised(double rate, int runs) => CheckLinear(rate, runs, 150, 20260607);

    [Fact]
    public void ZeroVariance_AtTwoPercent_MakesTheUnshrunkRuleNameFalseWinnersAndOursNone()
    {
        // The failure that was published: own variances only, no floor, a winner when the likelihood ratio of the two means passes log((1 + log t) / alpha).
        const int runs = 150, batches = 250;
        var random = new Random(20260603);
        int naive = 0, ours = 0;
        for (var run = 0; run < runs; run++)
        {
            var rule = new UnshrunkTrackAndStop();
            var arms = new ArmRewards[2];
            var named = false;
            for (var b = 0; b < batches && !named; b++)
            {
                Play(random, rule.Allocate(arms, Batch), [0.02, 0.02], arms);
                named = UnshrunkTrackAndStop.NamesAWinner(arms, Alpha);
            }
            naive += named ? 1 : 0;
            ours += Run(random, new ExplorationFloor(new TrackAndStop()), [0.02, 0.02], batches).Winner is null ? 0 : 1;
        }
        var said = $"{naive} and {ours} of {runs}";
        Assert.True(naive > 0.8 * runs, said);
        Assert.True(ours <= Calibration.AtMost(runs, Alpha), said);
    }

    [Fact]
    public void BetterArm_IsNamedAndGetsTheTraffic()
    {
        var random = new Random(20260604);
        foreach (var rule in (IAllocationRule[])[new BetaThompson(), new TopTwoThompson(new BetaThompson()), new KlUcb(), new TrackAndStop()])
        {
            var named = 0;
            double share = 0;
            for (var run = 0; run < 10; run++)
            {
                var (winner, pulls) = Run(random, new ExplorationFloor(rule), [0.1, 0.25], 250);
                if (winner == 1) named++;
                Assert.NotEqual(0, winner);
                share += pulls[1] / pulls.Sum() / 10;
            }
            Assert.True(named >= 9, $"{rule.Name}: {named}");
            Assert.True(share > (rule is TrackAndStop or TopTwoThompson ? 0.4 : 0.6), $"{rule.Name}: {share}");
        }
    }

    [Fact]
    public void AdaptiveEstimation_AfterThompson_CoversWhereThePlainMeanIsBiased()
    {
        const int runs = 800;
        var random = new Random(20260605);
        int covered = 0, estimates = 0;
        double plain = 0, weighted = 0;
        for (var run = 0; run < runs; run++)
        {
            // Rewards of sd 1 around equal means, so that luck alone moves the traffic.
            var bandit = new Bandit(new ExplorationFloor(new GaussianThompson(), 0.05), 2, 20);
            for (var b = 0; b < 20; b++)
            {
                double[] shares = [.. bandit.Shares];
                bandit.Update([.. Enumerable.Range(0, 20).Select(_ => new BanditPull(random.NextDouble() < shares[0] ? 0 : 1, shares, 5 + Draw.Normal(random)))]);
            }
            plain += (bandit.AllRewards[0].Mean - 5) / runs;
            var estimate = bandit.Estimation.Estimates(Alpha)[0];
            if (!estimate.IsEstimable) continue;
            estimates++;
            weighted += estimate.Value.Estimate - 5;
            if (estimate.Value.Interval.Contains(5)) covered++;
        }
        var said = string.Create(CultureInfo.InvariantCulture, $"covered {covered} of {estimates}; plain bias {plain:F4}, weighted {weighted / estimates:F4}");
        Assert.True(estimates > 0.95 * runs, said);
        Assert.True(covered >= estimates - Calibration.AtMost(estimates, 1.1 * Alpha), said);
        Assert.True(plain < -0.02, said);
        Assert.True(Math.Abs(weighted / estimates) < -plain / 2, said);
    }

    private static void CheckNull(double rate, int runs, int batches, int seed)
    {
        var random = new Random(seed);
        foreach (var rule in Rules)
        {
            var named = 0;
            var least = 1.0;
            for (var run = 0; run < runs; run++)
            {
                var (winner, pulls) = Run(random, new ExplorationFloor(rule), [rate, rate, rate], batches);
                named += winner is null ? 0 : 1;
                least = Math.Min(least, pulls.Min() / pulls.Sum());
            }
            var said = string.Create(CultureInfo.InvariantCulture, $"seed {seed}, {rule.Name} at {rate}: {named} of {runs} named a winner; least share {least:F3}");
            Assert.True(named <= Calibration.AtMost(runs, Alpha), said);
            // The floor is .05, less five standard errors of a share of these pulls.
            Assert.True(least > 0.05 - 5 * Math.Sqrt(0.05 * 0.95 / (Batch * batches)), said);
        }
    }

    private static void CheckLinear(double rate, int runs, int batches, int seed)
    {
        var random = new Random(seed);
        var named = 0;
        for (var run = 0; run < runs; run++)
        {
            var model = new LinUcb(3, 2);
            var arms = new ArmRewards[3];
            var isNamed = false;
            for (var b = 0; b < batches && !isNamed; b++)
            {
                for (var i = 0; i < Batch; i++)
                {
                    double[] context = [1, Draw.Normal(random)];
                    var arm = Pick(random, ExplorationFloor.Apply(model.Allocate(context), 0.05));
                    var reward = random.NextDouble() < rate ? 1 : 0;
                    model.Learn(arm, context, reward);
                    arms[arm] = arms[arm].Add(reward);
                }
                isNamed = BanditWinner.OfBounded(arms, 0, 1, Alpha).Winner is not null;
            }
            named += isNamed ? 1 : 0;
        }
        Assert.True(named <= Calibration.AtMost(runs, Alpha), $"seed {seed}, linucb at {rate}: {named} of {runs} named a winner");
    }

    // Stops at the first named winner, as an operator would.
    private static (int? Winner, double[] Pulls) Run(Random random, ExplorationFloor rule, double[] rates, int batches)
    {
        var arms = new ArmRewards[rates.Length];
        for (var b = 0; ; b++)
        {
            Play(random, rule.Allocate(arms, Batch), rates, arms);
            var winner = BanditWinner.OfBounded(arms, 0, 1, Alpha).Winner;
            if (winner is not null || b == batches) return (winner, [.. arms.Select(a => a.Weight)]);
        }
    }

    private static void Play(Random random, double[] shares, double[] rates, ArmRewards[] arms)
    {
        for (var i = 0; i < Batch; i++)
        {
            var arm = Pick(random, shares);
            arms[arm] = arms[arm].Add(random.NextDouble() < rates[arm] ? 1 : 0);
        }
    }

    private static int Pick(Random random, double[] shares)
    {
        var u = random.NextDouble();
        var arm = 0;
        while (arm < shares.Length - 1 && (u -= shares[arm]) >= 0) arm++;
        return arm;
    }

    private sealed class UnshrunkTrackAndStop : IAllocationRule
    {
        public string Name => "unshrunk";

        public string? Refuse(double reward) => null;

        public double[] Allocate(IReadOnlyList<ArmRewards> arms, int batch = 1)
        {
            if (arms.Any(a => a.Weight < 10) || arms.All(a => a.Squares == 0)) return [0.5, 0.5];
            double[] deviations = [.. arms.Select(a => Math.Sqrt(a.Squares / (a.Weight - 1)))];
            return [.. deviations.Select(d => d / deviations.Sum())];
        }

        public static bool NamesAWinner(ArmRewards[] arms, double alpha)
        {
            if (arms.Any(a => a.Weight < 10)) return false;
            var variance = arms.Sum(a => a.Squares / (a.Weight - 1) / a.Weight);
            var ratio = Math.Pow(arms[0].Mean - arms[1].Mean, 2) / (2 * variance);
            return variance > 0 && ratio > Math.Log((1 + Math.Log(arms.Sum(a => a.Weight))) / alpha);
        }
    }
}
