namespace Assay.Statistics;

/// <summary>What a target policy would have earned, from the log of another one with known propensities.</summary>
/// <remarks>IPS: D. G. Horvitz, D. J. Thompson, JASA 47 (1952) 663–685, doi:10.1080/01621459.1952.10483446; SNIPS: A. Swaminathan,
/// T. Joachims, NIPS 28 (2015); doubly robust: M. Dudík, J. Langford, L. Li, ICML 2011, arXiv:1103.4601; effective sample size: L. Kish (1965).</remarks>
public static class OffPolicy
{
    /// <summary>Below this share of the events, or below <see cref="FewEffective"/>, the effective sample is warned about.</summary>
    public const double SmallShare = 0.1;

    /// <summary>Below this many effective events the estimate is warned about.</summary>
    public const double FewEffective = 100;

    /// <summary>Estimates the target policy's value.</summary>
    /// <param name="rewards">One finite reward per event.</param>
    /// <param name="propensities">As many: the probability in (0, 1] with which the logging policy took the action it took.</param>
    /// <param name="targetProbabilities">As many: the probability in [0, 1] with which the target would have taken that action.</param>
    /// <param name="alpha">Level of the intervals, a probability in (0, 1).</param>
    /// <param name="model">For doubly robust: as many pairs, the modelled reward of the action taken and the target's mean modelled reward over
    /// its actions; empty for none. Fit the model on other events than these.</param>
    /// <returns>The estimates; not estimable with fewer than 2 events.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or a reward or model value is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A propensity is 0 or no probability, or alpha is outside (0, 1).</exception>
    public static Estimated<OffPolicyResult> Evaluate(
        ReadOnlySpan<double> rewards, ReadOnlySpan<double> propensities, ReadOnlySpan<double> targetProbabilities, double alpha,
        ReadOnlySpan<(double Taken, double Target)> model = default)
    {
        var critical = StandardNormal.Critical(alpha);
        Guard.SameLength(propensities.Length, rewards.Length, nameof(propensities));
        Guard.SameLength(targetProbabilities.Length, rewards.Length, nameof(targetProbabilities));
        if (model.Length > 0) Guard.SameLength(model.Length, rewards.Length, nameof(model));
        int n = rewards.Length;
        double[] weighted = new double[n], robust = new double[model.Length], weights = new double[n];
        double sum = 0, squares = 0, total = 0;
        for (var i = 0; i < n; i++)
        {
            Guard.Finite(rewards[i], nameof(rewards));
            if (!(propensities[i] > 0 && propensities[i] <= 1))
                throw new ArgumentOutOfRangeException(nameof(propensities), propensities[i], $"event {i}: an action that was taken had a probability in (0, 1]");
            if (!(targetProbabilities[i] >= 0 && targetProbabilities[i] <= 1))
                throw new ArgumentOutOfRangeException(nameof(targetProbabilities), targetProbabilities[i], $"event {i}: must be a probability");
            var w = weights[i] = targetProbabilities[i] / propensities[i];
            weighted[i] = w * rewards[i];
            sum += w;
            squares += w * w;
            total += weighted[i];
            if (model.Length > 0) robust[i] = model[i].Target + w * (rewards[i] - model[i].Taken);
        }
        if (n < 2) return new NotEstimable($"an error needs at least 2 events; there are {n}");
        var effective = squares > 0 ? sum * (sum / squares) : 0;
        Estimated<OffPolicyEstimate> snips = new NotEstimable("the target takes none of the logged actions");
        if (sum > 0)
        {
            var value = total / sum;
            double spread = 0;
            for (var i = 0; i < n; i++) spread += weights[i] * weights[i] * (rewards[i] - value) * (rewards[i] - value);
            snips = Conclude(value, Math.Sqrt(spread) / sum, critical);
        }
        return new OffPolicyResult(
            Mean(weighted, critical), snips, model.Length == 0 ? (Estimated<OffPolicyEstimate>?)null : Mean(robust, critical), effective, n, Warn(effective, n));
    }

    private static string? Warn(double effective, int n) => effective < FewEffective || effective < SmallShare * n
        ? FormattableString.Invariant($"the {n} events are worth only {effective:F0}: the policies act too differently for a sound comparison")
        : null;

    private static Estimated<OffPolicyEstimate> Mean(double[] values, double critical)
    {
        var moments = SampleMoments.FromValues(values);
        return Conclude(moments.Mean, Math.Sqrt(moments.Variance / moments.N), critical);
    }

    private static Estimated<OffPolicyEstimate> Conclude(double value, double error, double critical) => error > 0
        ? new OffPolicyEstimate(value, error, new Interval(value - critical * error, value + critical * error))
        : new NotEstimable("no event tells the rewards apart, so there is no error to judge the value by");
}
