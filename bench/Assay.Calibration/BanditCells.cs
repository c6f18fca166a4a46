using Assay.Statistics;

namespace Assay.Calibration;

/// <summary>Bandits of equal arms: how often is a winner named, and do the estimates after them hold?</summary>
internal static class BanditCells
{
    private const int Batch = 20;

    /// <summary>Every rule that a winner is named under.</summary>
    public static IReadOnlyList<IAllocationRule> Rules { get; } =
    [
        new UniformAllocation(), new BetaThompson(), new TopTwoThompson(new BetaThompson()), new GaussianThompson(),
        new TopTwoThompson(new GaussianThompson()), new Ucb1(), new KlUcb(), new TrackAndStop(),
    ];

    public static IEnumerable<Cell> All()
    {
        foreach (var rule in Rules)
            foreach (var p in new[] { 0.02, 0.05, 0.1 })
                yield return Cell.Of($"bandit's winner under {rule.Name}, a look after each of 100 batches of 20", FormattableString.Invariant($"3 equal arms, p = {p}"), Promise.Exact,
                    (ref RandomStream r, double d) => Winner(ref r, new ExplorationFloor(rule), p, d), 0.15, 400) with
                { EffectSize = "one arm better by 0.15" };
        foreach (var p in new[] { 0.02, 0.05, 0.1 })
            yield return Cell.Of("bandit's winner under linucb, a look after each of 100 batches of 20", FormattableString.Invariant($"3 equal arms, p = {p}, a context of two numbers"), Promise.Exact,
                (ref RandomStream r, double d) => LinearWinner(ref r, p, d), 0.15, 400) with
            {
                EffectSize = "one arm better by 0.15",
            };
        yield return Cell.Of("bandit's winner under gaussian-thompson, means without known ends", "3 equal arms, log-normal (skewness 1.75), 100 batches of 20", Promise.Asymptotic, (ref RandomStream r) => MeanWinner(ref r), 400);
        foreach (var p in new[] { 0.5, 0.05 })
        {
            yield return Cell.Of("mean after adaptive allocation (AIPW, weights √e)", FormattableString.Invariant($"2 equal arms, p = {p}, 100 batches of 20 under Thompson sampling"), Promise.Asymptotic, (ref RandomStream r) => Adaptive(ref r, p, false), 100);
            yield return Cell.Of("the plain mean after adaptive allocation: what it would cost", FormattableString.Invariant($"2 equal arms, p = {p}, 100 batches of 20 under Thompson sampling"), Promise.Published, (ref RandomStream r) => Plain(ref r, p), 100, "an arm with bad luck is pulled no more, so its mean stays too low");
        }
        yield return Cell.Of("difference after adaptive allocation (AIPW, weights √e)", "2 equal arms, p = 0.5, 100 batches of 20 under Thompson sampling", Promise.Asymptotic, (ref RandomStream r) => Adaptive(ref r, 0.5, true), 100);
    }

    /// <summary>Draws batches from the rule's shares and rewards from rates; sees each pull with all rewards so far.</summary>
    public static ArmRewards[] Play(ref RandomStream random, IAllocationRule rule, double[] rates, int batches, Action<BanditPull, ArmRewards[]>? sees = null, Func<ArmRewards[], bool>? stops = null)
    {
        var arms = new ArmRewards[rates.Length];
        for (var b = 0; b < batches; b++)
        {
            var shares = rule.Allocate(arms, Batch);
            for (var i = 0; i < Batch; i++)
            {
                var arm = Choose(ref random, shares);
                var reward = random.Uniform() < rates[arm] ? 1 : 0;
                arms[arm] = arms[arm].Add(reward);
                sees?.Invoke(new(arm, shares, reward), arms);
            }
            if (stops?.Invoke(arms) == true) break;
        }
        return arms;
    }

    private static int Choose(ref RandomStream random, double[] shares)
    {
        var u = random.Uniform();
        var arm = 0;
        while (arm < shares.Length - 1 && (u -= shares[arm]) >= 0) arm++;
        return arm;
    }

    private static Outcome Winner(ref RandomStream random, IAllocationRule rule, double rate, double effect)
    {
        var named = false;
        Play(ref random, rule, [rate, rate, rate + effect], 100, stops: arms => named = BanditWinner.OfBounded(arms, 0, 1, 0.05).Winner is not null);
        return new(named);
    }

    /// <summary>The contexts say nothing of the rewards, which the model has to find out.</summary>
    private static Outcome LinearWinner(ref RandomStream random, double rate, double effect)
    {
        var model = new LinUcb(3, 3);
        var arms = new ArmRewards[3];
        for (var b = 0; b < 100; b++)
        {
            var pulls = new (int Arm, double[] Context, double Reward)[Batch];
            for (var i = 0; i < Batch; i++)
            {
                double[] context = [1, random.Normal(), random.Normal()];
                var arm = Choose(ref random, ExplorationFloor.Apply(model.Allocate(context), 0.05));
                pulls[i] = (arm, context, random.Uniform() < rate + (arm == 2 ? effect : 0) ? 1 : 0);
            }
            foreach (var (arm, context, reward) in pulls)
            {
                model.Learn(arm, context, reward);
                arms[arm] = arms[arm].Add(reward);
            }
            if (BanditWinner.OfBounded(arms, 0, 1, 0.05).Winner is not null) return new(true);
        }
        return new(false);
    }

    private static Outcome MeanWinner(ref RandomStream random)
    {
        var rule = new ExplorationFloor(new GaussianThompson());
        var arms = new ArmRewards[3];
        for (var b = 0; b < 100; b++)
        {
            var shares = rule.Allocate(arms, Batch);
            for (var i = 0; i < Batch; i++)
            {
                var arm = Choose(ref random, shares);
                arms[arm] = arms[arm].Add(Math.Exp(0.5 * random.Normal()));
            }
            if (BanditWinner.OfMeans(arms, 1000, 0.05).Winner is not null) return new(true);
        }
        return new(false);
    }

    private static Outcome Adaptive(ref RandomStream random, double rate, bool difference)
    {
        var estimation = new AdaptiveEstimation(2);
        var batch = new List<BanditPull>(Batch);
        Play(ref random, new ExplorationFloor(new BetaThompson()), [rate, rate], 100, (pull, _) =>
        {
            batch.Add(pull);
            if (batch.Count < Batch) return;
            estimation.Add(batch);
            batch.Clear();
        });
        if (difference) return Outcomes.Of(estimation.Compare(0, 1), 0);
        return Outcomes.Interval(estimation.Estimates()[0].Map(e => e.Interval), rate);
    }

    private static Outcome Plain(ref RandomStream random, double rate)
    {
        var arm = Play(ref random, new ExplorationFloor(new BetaThompson()), [rate, rate], 100)[0];
        return Outcomes.Interval(Wilson.Interval(new((long)Math.Round(arm.Mean * arm.Weight), (long)Math.Round(arm.Weight)), 0.05), rate);
    }
}
