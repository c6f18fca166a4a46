using System.Text.Json.Nodes;
using Assay.Cli.Bandits;
using Assay.Statistics;

namespace Assay.Cli.Stats;

internal static class BanditMethods
{
    private static readonly string[] EstimateKeys = ["estimate", "standardError", "low", "high", "pulls", "events"];
    private static readonly string[] CheckKeys = ["chiSquare", "df", "pValue", "excess"];
    private static readonly string[] Rules = [.. Algorithm.Names.Where(n => n != Algorithm.LinUcbName)];

    public static IEnumerable<StatsMethod> All =>
    [
        new("bandit-allocation", "the share of the next batch that each arm receives (rule: " + string.Join(", ", Rules) + "; successes and trials, or n, mean and variance)",
            """{"rule": "thompson", "successes": [7, 13, 9], "trials": [100, 100, 100], "batch": 20, "floor": 0.05}""", RunAllocation),
        new("linucb", "the share of each arm in a context, by a ridge model per arm; a row of context per pull (an intercept is added), batch by batch in order",
            """{"arm": [0, 1, 0, 1], "reward": [1, 0, 0, 1], "contexts": [[1], [1], [-1], [-1]], "context": [1], "width": 1, "ridge": 1}""", RunLinUcb),
        new("bandit-winner", "may a bandit name a winner? bounds of each arm's rate that hold at any stop and under any allocation",
            """{"successes": [30, 90], "trials": [400, 400]}""", RunWinner),
        new("adaptive-estimate", "each arm's mean after adaptive allocation, by weighted AIPW scores; a row of propensities per pull; batches of pulls in order",
            """{"arm": [0, 1, 0, 1], "reward": [1, 0, 0, 1], "propensities": [[0.5, 0.5], [0.5, 0.5], [0.7, 0.3], [0.7, 0.3]], "batch": 2}""", RunEstimate),
        new("allocation-check", "sample ratio of a bandit: were arms taken as often as their propensities promise?",
            """{"arm": [0, 1, 0, 1], "propensities": [[0.5, 0.5], [0.5, 0.5], [0.7, 0.3], [0.7, 0.3]]}""", RunCheck),
    ];

    private static JsonObject RunAllocation(StatsInput input)
    {
        var rule = Algorithm.Rule(input.TextOr("rule", "thompson", Rules))!;
        ArmRewards[] arms = input.Has("successes") ? [.. Rates(input).Select(ArmRewards.Of)] : Moments(input);
        double floor = input.NumberOr("floor", ExplorationFloor.Default(Math.Max(2, arms.Length))), batch = input.NumberOr("batch", 1);
        if (batch < 1 || batch > int.MaxValue || batch != Math.Floor(batch)) throw new UsageException("batch: must be a whole number from 1 on");
        return new StatsOutput().Add("shares", new ExplorationFloor(rule, floor).Allocate(arms, (int)batch)).ToJson();
    }

    private static JsonObject RunLinUcb(StatsInput input)
    {
        int[] arms = [.. input.Counts("arm").Select(a => a <= 1000 ? (int)a : throw new UsageException("arm: arms are numbered from 0 to 1000"))];
        var rewards = input.Numbers("reward");
        double[] context = [1, .. input.Numbers("context")];
        var rows = input.Rows("contexts").Select((row, i) => Context(row, i, context.Length)).ToArray();
        if (rewards.Length != arms.Length || rows.Length != arms.Length) throw new UsageException("arm, reward, contexts: must be equally many");
        var count = input.NumberOr("arms", Math.Max(2, arms.DefaultIfEmpty().Max() + 1));
        if (count != Math.Floor(count) || count < 2 || count > 1001 || arms.Any(a => a >= count)) throw new UsageException("arms: must be a whole number from 2 on, above every arm");
        var model = new LinUcb((int)count, context.Length, input.NumberOr("width", 1), input.NumberOr("ridge", 1));
        for (var i = 0; i < arms.Length; i++) model.Learn(arms[i], rows[i], rewards[i]);
        var floor = input.NumberOr("floor", ExplorationFloor.Default(model.Arms));
        return new StatsOutput().Add("upperBounds", model.UpperBounds(context)).Add("shares", ExplorationFloor.Apply(model.Allocate(context), floor)).ToJson();
    }

    private static double[] Context(double?[] row, int index, int length) => row.Length + 1 == length
        ? [1, .. row.Select(x => x ?? throw new UsageException($"contexts[{index}]: must hold numbers"))]
        : throw new UsageException($"contexts[{index}]: has {row.Length} numbers, but context has {length - 1}");

    private static JsonObject RunWinner(StatsInput input)
    {
        var decision = BanditWinner.OfRates(Rates(input), input.Alpha);
        var output = new StatsOutput();
        if (decision.Winner is { } winner) output.Add("winner", (long)winner);
        else output.Null("winner", "no arm's lower bound exceeds every other's upper bound");
        return output.Add("low", [.. decision.Intervals.Select(i => i.Low)]).Add("high", [.. decision.Intervals.Select(i => i.High)]).ToJson();
    }

    private static JsonObject RunEstimate(StatsInput input)
    {
        var (arms, rows) = Pulls(input);
        var rewards = input.NumbersOrMissing("reward");
        if (rewards.Length != arms.Length) throw new UsageException($"reward: has {rewards.Length} elements, but arm has {arms.Length}");
        var batch = input.NumberOr("batch", Math.Max(1, arms.Length));
        if (batch < 1 || batch != Math.Floor(batch)) throw new UsageException("batch: must be a whole number from 1 on");
        var estimation = new AdaptiveEstimation(Math.Max(2, rows.Length > 0 ? rows[0].Length : 2));
        foreach (var chunk in arms.Select((a, i) => new BanditPull(a, rows[i], rewards[i])).Chunk((int)Math.Min(batch, int.MaxValue))) estimation.Add(chunk);
        return new JsonObject
        {
            ["arms"] = new JsonArray([.. estimation.Estimates(input.Alpha).Select(e => StatsOutput.Of(e, EstimateKeys, (output, v) => output
                .Add("estimate", v.Estimate).Add("standardError", v.StandardError).Add("low", "high", v.Interval).Add("pulls", v.Pulls).Add("events", v.Events)))]),
        };
    }

    private static JsonObject RunCheck(StatsInput input)
    {
        var (arms, rows) = Pulls(input);
        var check = new AllocationCheck(Math.Max(2, rows.Length > 0 ? rows[0].Length : 2));
        for (var i = 0; i < arms.Length; i++) check.Add(arms[i], rows[i]);
        return StatsOutput.Of(check.Test(), CheckKeys, (output, r) => output
            .Add("chiSquare", r.ChiSquare).Add("df", r.DegreesOfFreedom).Add("pValue", r.PValue).Add("excess", [.. r.Excess]));
    }

    private static (int[] Arms, double[][] Propensities) Pulls(StatsInput input)
    {
        int[] arms = [.. input.Counts("arm").Select(a => (int)Math.Min(a, int.MaxValue))];
        double[][] rows = [.. input.Rows("propensities").Select((row, i) => row.Select(p => p ?? throw new UsageException($"propensities[{i}]: must hold numbers")).ToArray())];
        return rows.Length == arms.Length ? (arms, rows) : throw new UsageException($"propensities: has {rows.Length} rows, but arm has {arms.Length} elements");
    }

    private static Proportion[] Rates(StatsInput input)
    {
        long[] successes = input.Counts("successes"), trials = input.Counts("trials");
        if (successes.Length != trials.Length) throw new UsageException($"trials: has {trials.Length} elements, but successes has {successes.Length}");
        return [.. successes.Select((s, i) => s <= trials[i] ? new Proportion(s, trials[i]) : throw new UsageException($"successes[{i}]: {s} is more than trials[{i}], {trials[i]}"))];
    }

    private static ArmRewards[] Moments(StatsInput input)
    {
        var n = input.Counts("n");
        double[] mean = input.Numbers("mean"), variance = input.Numbers("variance");
        if (mean.Length != n.Length || variance.Length != n.Length) throw new UsageException("n, mean, variance: must be equally many");
        return [.. n.Select((count, i) => ArmRewards.Of(new SampleMoments(count, mean[i], variance[i])))];
    }
}
