using Assay.Statistics;

namespace Assay.Cli.Bandits;

/// <summary>What the log says of itself: what it earned, whether its propensities can be right, what is known of its arms.</summary>
internal sealed record LogSummary(
    SampleMoments Observed, double MeanWeight, Estimated<double> WeightZ, Estimated<AllocationCheckResult> Check, ArmRewards[] Arms, BanditDecision Decision,
    IReadOnlyList<Estimated<AdaptiveEstimate>> Estimates)
{
    private const double Suspicious = 3.29; // p = .001

    /// <summary>The shares and the pulls do not fit together.</summary>
    public bool Mismatch => Check.IsEstimable && Check.Value.PValue < 0.001;

    public static LogSummary Of(BanditLog log, int batch, double alpha)
    {
        var arms = new ArmRewards[log.Arms.Length];
        foreach (var e in log.Events) arms[e.Arm] = arms[e.Arm].Add(e.Reward);
        var weights = SampleMoments.FromValues([.. log.Events.Select(e => 1 / (e.Propensity * arms.Length))]);
        Estimated<double> z = weights.Variance > 0 ? (weights.Mean - 1) / Math.Sqrt(weights.Variance / weights.N) : new NotEstimable("all propensities are equal");
        Estimated<AllocationCheckResult> check = new NotEstimable("the log holds the propensity of the arm taken only; columns propensity_ARM, one per arm, would tell");
        IReadOnlyList<Estimated<AdaptiveEstimate>> estimates = [.. arms.Select(_ => (Estimated<AdaptiveEstimate>)new NotEstimable(check.Reason!))];
        if (log.AllPropensities is { } all)
        {
            var allocation = new AllocationCheck(arms.Length);
            var estimation = new AdaptiveEstimation(arms.Length);
            for (var t = 0; t < log.Events.Length; t++) allocation.Add(log.Events[t].Arm, all[t]);
            foreach (var chunk in log.Events.Select((e, t) => new BanditPull(e.Arm, all[t], e.Reward)).Chunk(batch)) estimation.Add(chunk);
            (check, estimates) = (allocation.Test(), estimation.Estimates(alpha));
        }
        var decision = log.Events.All(e => e.Reward is >= 0 and <= 1)
            ? BanditWinner.OfBounded(arms, 0, 1, alpha)
            : BanditWinner.OfMeans(arms, Math.Max(1, (double)log.Events.Length / arms.Length), alpha);
        return new(SampleMoments.FromValues([.. log.Events.Select(e => e.Reward)]), weights.Mean, z, check, arms, decision, estimates);
    }

    public IEnumerable<string> Warnings()
    {
        if (Mismatch) yield return FormattableString.Invariant($"invalid: arms were not taken as often as their propensities promise (p = {Check.Value.PValue:G2})");
        if (WeightZ.IsEstimable && Math.Abs(WeightZ.Value) > Suspicious)
            yield return FormattableString.Invariant($"the mean of 1 / (arms · propensity) is {MeanWeight:F3} where 1 was due ({WeightZ.Value:F1} standard errors): the propensities cannot be right, or some arms had none");
    }
}
