namespace Assay.Statistics;

/// <summary>When a bandit may name a winner: when one arm's time-uniform lower bound exceeds every other's upper bound.</summary>
/// <remarks>
/// The rewards of one arm, in the order of its pulls, do not know by which rule it was chosen, so a bound that holds at all times holds under any allocation
/// and at any stop. Each of K arms gets alpha / K. Where an arm's mean changes in time, so does what the bounds are about: nothing is named then.
/// </remarks>
public static class BanditWinner
{
    /// <summary>Before so many rewards an arm of unbounded rewards has no bounds.</summary>
    public const int LeastRewards = 100;

    /// <summary>Arms of 0/1 rewards, exact at any size: {p : BetaBinomial(s, f; ½, ½) / (p^s (1 − p)^f) &lt; K / alpha}.</summary>
    /// <param name="arms">Successes and trials; at least 2 arms, each possibly empty.</param>
    /// <param name="alpha">That a wrong arm is ever named, a probability in (0, 1).</param>
    /// <exception cref="ArgumentException">There are fewer than 2 arms.</exception>
    /// <exception cref="ArgumentOutOfRangeException">alpha is outside (0, 1).</exception>
    public static BanditDecision OfRates(ReadOnlySpan<Proportion> arms, double alpha = 0.05)
    {
        Check(arms.Length, alpha);
        var intervals = new Interval[arms.Length];
        for (var k = 0; k < arms.Length; k++) intervals[k] = ProportionConfidenceSequence.Of(arms[k], alpha / arms.Length);
        return Decide(intervals);
    }

    /// <summary>Arms whose rewards lie between known ends, exact at any size: the same set with s and f the sums of the scaled rewards and of what they lack of 1.</summary>
    /// <param name="arms">Undiscounted rewards; at least 2 arms, each possibly empty.</param>
    /// <param name="low">No reward can be lower; finite.</param>
    /// <param name="high">No reward can be higher; above <paramref name="low"/>.</param>
    /// <param name="alpha">That a wrong arm is ever named, a probability in (0, 1).</param>
    /// <exception cref="ArgumentException">There are fewer than 2 arms, or a mean lies outside [low, high].</exception>
    /// <exception cref="ArgumentOutOfRangeException">alpha is outside (0, 1), or the ends are not in order.</exception>
    /// <remarks>(q/p)^x ((1 − q)/(1 − p))^(1 − x) is convex in x, so its mean is at most that of a 0/1 reward with the same mean, which is 1.</remarks>
    public static BanditDecision OfBounded(ReadOnlySpan<ArmRewards> arms, double low, double high, double alpha = 0.05)
    {
        Check(arms.Length, alpha);
        Guard.Finite(low);
        if (!(high > low && double.IsFinite(high))) throw new ArgumentOutOfRangeException(nameof(high), high, $"must be finite and above {low}");
        var intervals = new Interval[arms.Length];
        for (var k = 0; k < arms.Length; k++)
        {
            var mean = (arms[k].Mean - low) / (high - low);
            if (arms[k].Weight > 0 && mean is < 0 or > 1) throw new ArgumentException($"arm {k} has the mean {arms[k].Mean}, which is outside [{low}, {high}]", nameof(arms));
            var scaled = ProportionConfidenceSequence.Of(arms[k].Weight * mean, arms[k].Weight * (1 - mean), alpha / arms.Length);
            intervals[k] = new(low + (high - low) * scaled.Low, low + (high - low) * scaled.High);
        }
        return Decide(intervals);
    }

    /// <summary>Arms of rewards without known ends, by <see cref="AsymptoticConfidenceSequence"/>: large samples only.</summary>
    /// <param name="arms">Undiscounted rewards; at least 2 arms. Below <see cref="LeastRewards"/> rewards, or while they are all equal, an arm has no bounds.</param>
    /// <param name="tunedFor">N*, the number of rewards of one arm at which bounds should be narrowest; positive; fixed before data.</param>
    /// <param name="alpha">That a wrong arm is ever named, a probability in (0, 1).</param>
    /// <exception cref="ArgumentException">There are fewer than 2 arms.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public static BanditDecision OfMeans(ReadOnlySpan<ArmRewards> arms, double tunedFor, double alpha = 0.05)
    {
        Check(arms.Length, alpha);
        Guard.Positive(tunedFor);
        var intervals = new Interval[arms.Length];
        for (var k = 0; k < arms.Length; k++)
        {
            var arm = arms[k];
            intervals[k] = arm.Weight < LeastRewards || arm.Squares == 0
                ? new(double.NegativeInfinity, double.PositiveInfinity)
                : AsymptoticConfidenceSequence.Around(arm.Mean, Math.Sqrt(arm.Squares / (arm.Weight - 1) / arm.Weight), (long)arm.Weight, alpha / arms.Length, tunedFor).Interval;
        }
        return Decide(intervals);
    }

    private static BanditDecision Decide(Interval[] intervals)
    {
        var best = 0;
        for (var k = 1; k < intervals.Length; k++) if (intervals[k].Low > intervals[best].Low) best = k;
        for (var k = 0; k < intervals.Length; k++)
            if (k != best && !(intervals[best].Low > intervals[k].High)) return new(null, intervals);
        return new(best, intervals);
    }

    private static void Check(int arms, double alpha)
    {
        if (arms < 2) throw new ArgumentException($"at least 2 arms are needed; there are {arms}", nameof(arms));
        Guard.Probability(alpha);
    }
}
