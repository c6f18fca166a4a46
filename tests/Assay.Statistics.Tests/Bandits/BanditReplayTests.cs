using Assay.Statistics.Tests.Reference;

namespace Assay.Statistics.Tests.Bandits;

public sealed class BanditReplayTests
{
    [Fact]
    public void Run_UniformPolicyOnAUniformLog_AcceptsOneInTwoAndAgreesWithTheMean()
    {
        var log = Log(4000, [0.5, 0.5], [0.2, 0.4], 1);
        var result = BanditReplay.Run(log, 2, new ReplayedRule(new UniformAllocation(), 2, 20), 20, BanditReplay.Scale(log, 0), new Random(2));
        Assert.InRange(result.Accepted, 1850, 2150);
        Assert.Equal(0, result.Capped);
        Oracle.Near(log.Average(e => e.Reward), result.OffPolicy.Value.Snips.Value.Value, 1e-9);
        Oracle.Near(4000, result.OffPolicy.Value.EffectiveSampleSize, 1e-9);
        Assert.Null(result.Warning);
    }

    [Fact]
    [Trait("Kind", "calibration")]
    public void Run_ThompsonOnASkewedLog_EstimatesWhatItEarnsWhenItActs()
    {
        // The same bandit, acting: as many pulls as the replay accepts.
        var random = new Random(8);
        double acted = 0, rejection = 0, weighted = 0;
        const int runs = 150;
        for (var run = 0; run < runs; run++)
        {
            var log = Log(1500, [0.7, 0.3], [0.2, 0.5], 100 + run);
            var replay = BanditReplay.Run(log, 2, Thompson(), 20, BanditReplay.Scale(log, 0), new Random(run));
            rejection += replay.Rejection.Value.Value / runs;
            weighted += replay.OffPolicy.Value.Snips.Value.Value / runs;
            var policy = Thompson();
            double sum = 0;
            for (var b = 0; b < replay.Accepted / 20; b++)
            {
                LoggedEvent[] batch = [.. Enumerable.Range(0, 20).Select(_ =>
                {
                    var arm = random.NextDouble() < policy.Shares[0] ? 0 : 1;
                    return new LoggedEvent(arm, random.NextDouble() < (arm == 0 ? 0.2 : 0.5) ? 1 : 0, policy.Shares[arm], []);
                })];
                sum += batch.Average(e => e.Reward);
                policy.Learn(batch);
            }
            acted += sum / (replay.Accepted / 20) / runs;
        }
        Assert.Equal(acted, rejection, 0.012);
        // Events pass faster where the policy agrees with the log, so the weighted estimate dwells a little longer in some states.
        Assert.Equal(acted, weighted, 0.02);

        static ReplayedRule Thompson() => new(new ExplorationFloor(new BetaThompson()), 2, 20);
    }

    [Fact]
    public void Run_LinUcbWithContext_EarnsMoreThanUniform()
    {
        var random = new Random(4);
        LoggedEvent[] log = [.. Enumerable.Range(0, 4000).Select(_ =>
        {
            var (x, arm) = (random.Next(2), random.Next(2));
            return new LoggedEvent(arm, random.NextDouble() < (arm == x ? 0.5 : 0.2) ? 1 : 0, 0.5, [x]);
        })];
        var policy = new ReplayedLinUcb(new LinUcb(2, 2), 0.05);
        var result = BanditReplay.Run(log, 2, policy, 20, 0.5, random);
        Assert.True(result.OffPolicy.Value.Snips.Value.Interval.Low > 0.38, $"{result.OffPolicy.Value.Snips.Value}");
        Assert.True(result.Rejection.Value.Value > 0.42, $"{result.Rejection.Value}");
    }

    [Fact]
    public void Run_BadInput_IsRefusedOrWarned()
    {
        LoggedEvent[] few = [.. Log(40, [0.5, 0.5], [0.5, 0.5], 3)];
        Assert.Contains("accepted", BanditReplay.Run(few, 2, Rule(), 20, 0.5, new Random(1)).Warning, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => BanditReplay.Run([new(0, 1, 0, [])], 2, Rule(), 20, 0.5, new Random(1)));
        Assert.Throws<ArgumentException>(() => BanditReplay.Run([new(2, 1, 0.5, [])], 2, Rule(), 20, 0.5, new Random(1)));
        var other = Assert.Throws<ArgumentException>(() => BanditReplay.Run(
            [.. Enumerable.Repeat(new LoggedEvent(0, 0.5, 0.5, []), 99)], 2, new ReplayedRule(new BetaThompson(), 2, 1), 1, 0.5, new Random(1)));
        Assert.Contains("a Beta-Bernoulli reward other than 0 or 1 is refused", other.Message, StringComparison.Ordinal);

        static ReplayedRule Rule() => new(new UniformAllocation(), 2, 20);
    }

    private static List<LoggedEvent> Log(int n, double[] propensities, double[] rates, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, n).Select(_ =>
        {
            var arm = random.NextDouble() < propensities[0] ? 0 : 1;
            return new LoggedEvent(arm, random.NextDouble() < rates[arm] ? 1 : 0, propensities[arm], []);
        })];
    }
}
