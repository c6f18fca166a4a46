using Assay.Statistics;

namespace Assay.Calibration;

/// <summary>What another policy would have earned, and means after a bandit chose.</summary>
internal static class OffPolicyCells
{
    private const int Actions = 4;

    public static IEnumerable<Cell> All()
    {
        foreach (var (p, events) in new[] { (0.5, 1000), (0.05, 4000), (0.02, 10_000), (0.02, 40_000) })
        {
            // Of the rewarded events some 2 % of a tenth carry 7 in 10 of the weight.
            var (promise, note) = events == 10_000 ? (Promise.Published, "some 20 rewarded events carry most of the weight: liberal") : (Promise.Asymptotic, null);
            var setting = FormattableString.Invariant($"reward rate about {p}, {events:N0} events of a policy with a floor, 4 actions");
            yield return Of("off-policy: inverse propensities", setting, p, events, 0.1, promise, r => r.Ips, note);
            yield return Of("off-policy: self-normalised", setting, p, events, 0.1, promise, r => r.Snips, note);
            yield return Of("off-policy: doubly robust, a wrong model", setting, p, events, 0.1, promise, r => r.DoublyRobust!.Value, note);
        }
        // One action in a hundred: some 10 of 1,000 events carry everything.
        yield return Of("off-policy: inverse propensities", "reward rate about 0.5, 1,000 events, worth about 15", 0.5, 1000, 0.01, Promise.Published, r => r.Ips, WarnedNote);
        yield return Of("off-policy: self-normalised", "reward rate about 0.5, 1,000 events, worth about 15", 0.5, 1000, 0.01, Promise.Published, r => r.Snips, WarnedNote);
    }

    private const string WarnedNote = "the effective sample is below 100: the result carries a warning";

    private static Cell Of(string method, string setting, double rate, int events, double floor, Promise promise, Func<OffPolicyResult, Estimated<OffPolicyEstimate>> read, string? note = null) =>
        Cell.Of(method, setting, promise, (ref RandomStream r) =>
        {
            var (result, truth) = Log(ref r, rate, events, floor);
            return Outcomes.Interval(read(result).Map(e => e.Interval), truth);
        }, events / 400, note);

    /// <summary>The logging policy prefers action 0 in half of the contexts and action 1 in the other; the target prefers what the log does not.</summary>
    private static (OffPolicyResult Result, double Truth) Log(ref RandomStream random, double rate, int events, double floor)
    {
        double[] rewards = new double[events], propensities = new double[events], targets = new double[events];
        var model = new (double, double)[events];
        for (var i = 0; i < events; i++)
        {
            var context = random.Below(2);
            var u = random.Uniform();
            var action = 0;
            while (action < Actions - 1 && (u -= Logged(context, action)) >= 0) action++;
            rewards[i] = random.Uniform() < Reward(context, action) ? 1 : 0;
            propensities[i] = Logged(context, action);
            targets[i] = Target(context, action);
            // A model that knows the action but not the context.
            model[i] = (Model(action), Enumerable.Range(0, Actions).Sum(a => Target(context, a) * Model(a)));
        }
        var truth = Enumerable.Range(0, 2 * Actions).Sum(k => Target(k / Actions, k % Actions) * Reward(k / Actions, k % Actions)) / 2;
        return (OffPolicy.Evaluate(rewards, propensities, targets, 0.05, model).Value, truth);

        double Logged(int context, int action) => action == context ? 1 - (Actions - 1) * floor : floor;
        double Target(int context, int action) => action == context + 1 ? 0.7 : 0.1;
        double Reward(int context, int action) => rate * (0.8 + 0.1 * action + 0.1 * context);
        double Model(int action) => rate * (0.6 + 0.2 * action);
    }
}
