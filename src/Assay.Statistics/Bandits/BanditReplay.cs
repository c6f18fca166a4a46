namespace Assay.Statistics;

/// <summary>What a bandit would have earned, had it acted where another policy did: rejection sampling and off-policy estimates from one log.</summary>
/// <remarks>
/// An event is accepted with probability min(1, c · w), w = share / propensity; the policy learns from accepted events only, so it lives through a shorter history of its own.
/// L. Li, W. Chu, J. Langford, X. Wang, WSDM 2011, 297–306, doi:10.1145/1935826.1935878 (c = 1 / arms, a uniform log); M. Dudík, D. Erhan, J. Langford, L. Li, UAI 2012,
/// arXiv:1210.4862 (any log, and estimates from all events).
/// </remarks>
public static class BanditReplay
{
    /// <summary>Fewer accepted events are warned about.</summary>
    public const int FewAccepted = 100;

    /// <summary>Replays a log.</summary>
    /// <param name="log">In the order of time; arms from 0 to <paramref name="arms"/> − 1.</param>
    /// <param name="arms">Number of arms; 2 or more.</param>
    /// <param name="policy">Fresh; it learns.</param>
    /// <param name="batch">Accepted events between updates; 1 or more.</param>
    /// <param name="scale">c, positive: the smallest propensity of the log is exact; a larger one accepts more events at some bias. See <see cref="Scale"/>.</param>
    /// <param name="random">Draws what is accepted.</param>
    /// <param name="alpha">Level of the intervals, a probability in (0, 1).</param>
    /// <exception cref="ArgumentException">An event's arm is not there or its reward is not finite, or the policy refuses a reward.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A propensity is outside (0, 1], or another parameter outside its range.</exception>
    public static ReplayResult Run(
        IReadOnlyList<LoggedEvent> log, int arms, IReplayPolicy policy, int batch, double scale, Random random, double alpha = 0.05)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        Guard.Positive(scale);
        var critical = StandardNormal.Critical(alpha);
        double[] rewards = new double[log.Count], propensities = new double[log.Count], targets = new double[log.Count];
        var model = new (double Taken, double Target)[log.Count];
        var means = new ArmRewards[arms];
        List<LoggedEvent> waiting = [];
        List<double> accepted = [];
        var capped = 0;
        for (var t = 0; t < log.Count; t++)
        {
            var e = log[t];
            if (e.Arm < 0 || e.Arm >= arms) throw new ArgumentException($"event {t} is of arm {e.Arm}, but there are {arms} arms", nameof(log));
            if (!(e.Propensity > 0 && e.Propensity <= 1)) throw new ArgumentOutOfRangeException(nameof(log), e.Propensity, $"event {t}: an arm that was taken had a propensity in (0, 1]");
            var shares = policy.Allocate([.. e.Context]);
            (rewards[t], propensities[t], targets[t]) = (e.Reward, e.Propensity, Math.Min(1, shares[e.Arm]));
            double target = 0;
            for (var k = 0; k < arms; k++) target += shares[k] * means[k].Mean;
            model[t] = (means[e.Arm].Mean, target);
            means[e.Arm] = means[e.Arm].Add(e.Reward);

            var chance = scale * shares[e.Arm] / e.Propensity;
            if (chance > 1 + 1e-9) capped++;
            if (random.NextDouble() >= chance) continue;
            accepted.Add(e.Reward);
            waiting.Add(e);
            if (waiting.Count < batch) continue;
            policy.Learn(waiting);
            waiting = [];
        }
        var offPolicy = OffPolicy.Evaluate(rewards, propensities, targets, alpha, model);
        var few = accepted.Count < FewAccepted ? $"only {accepted.Count} of {log.Count} events were accepted: what the policy learnt from is a short history" : null;
        var effective = offPolicy.IsEstimable ? offPolicy.Value.Warning : null;
        return new(accepted.Count, capped, Mean(accepted, critical), offPolicy, few is null ? effective : effective is null ? few : $"{effective}; {few}");
    }

    /// <summary>The scale of acceptance: a quantile of the log's propensities.</summary>
    /// <param name="log">At least one event.</param>
    /// <param name="quantile">0 for the smallest, which makes rejection sampling exact; above it, more is accepted at some bias.</param>
    /// <exception cref="ArgumentException">The log is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">quantile is outside [0, 1].</exception>
    public static double Scale(IReadOnlyList<LoggedEvent> log, double quantile)
    {
        ArgumentNullException.ThrowIfNull(log);
        if (log.Count == 0) throw new ArgumentException("the log is empty", nameof(log));
        if (!(quantile >= 0 && quantile <= 1)) throw new ArgumentOutOfRangeException(nameof(quantile), quantile, "must lie in [0, 1]");
        double[] sorted = [.. log.Select(e => e.Propensity).Order()];
        return sorted[(int)Math.Round(quantile * (sorted.Length - 1))];
    }

    private static Estimated<OffPolicyEstimate> Mean(List<double> accepted, double critical)
    {
        if (accepted.Count < 2) return new NotEstimable($"an error needs at least 2 accepted events; there are {accepted.Count}");
        var moments = SampleMoments.FromValues([.. accepted]);
        if (moments.Variance == 0) return new NotEstimable("all accepted rewards are equal, so there is no error to judge their mean by");
        var error = Math.Sqrt(moments.Variance / moments.N);
        // Rates of rare successes have Wilson's interval: the normal one would reach below 0.
        var interval = accepted.TrueForAll(r => r is 0 or 1)
            ? Wilson.Interval(new(accepted.Count(r => r == 1), accepted.Count), 2 * StandardNormal.UpperTail(critical))
            : new Interval(moments.Mean - critical * error, moments.Mean + critical * error);
        return new OffPolicyEstimate(moments.Mean, error, interval);
    }
}
