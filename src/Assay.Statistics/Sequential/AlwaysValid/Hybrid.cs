namespace Assay.Statistics;

/// <summary>Watch for harm all the time, judge benefit once: keeps the power of a fixed test for the benefit.</summary>
/// <remarks>Half of alpha goes to a one-sided <see cref="AsymptoticConfidenceSequence"/> on the side of harm, tuned at the planned sample; the other half
/// to a one-sided fixed test of benefit at the planned end. Together the two err at most alpha, for they are added.</remarks>
public static class Hybrid
{
    /// <summary>The state of a hybrid plan.</summary>
    /// <param name="estimate">The effect, treatment minus control; finite.</param>
    /// <param name="standardError">Its standard error now; positive.</param>
    /// <param name="n">Independent units so far, all arms together; 1 or more.</param>
    /// <param name="plannedN">Units at the planned end, all arms together; 1 or more; fixed before data.</param>
    /// <param name="isFinal">True once, at the planned end, whatever n has become.</param>
    /// <param name="alpha">Both sides together; a probability in (0, 1).</param>
    /// <param name="benefit">Greater when larger is better, Less when smaller is.</param>
    /// <returns>Interval, p-values and what they show.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range; benefit is two-sided.</exception>
    public static HybridEstimate Of(
        double estimate, double standardError, long n, long plannedN, bool isFinal, double alpha = 0.05, Alternative benefit = Alternative.Greater)
    {
        Guard.Probability(alpha);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(plannedN);
        if (benefit is not (Alternative.Greater or Alternative.Less)) throw new ArgumentOutOfRangeException(nameof(benefit), benefit, "must be greater or less");
        var harm = benefit == Alternative.Greater ? Alternative.Less : Alternative.Greater;
        var sequence = AsymptoticConfidenceSequence.Around(estimate, standardError, n, alpha / 2, plannedN, harm);
        double low = sequence.Interval.Low, high = sequence.Interval.High;
        if (isFinal)
        {
            var once = Tails.Interval(estimate, standardError, double.PositiveInfinity, alpha / 2, benefit);
            (low, high) = (Math.Max(low, once.Low), Math.Min(high, once.High));
        }
        Estimated<double> benefitP = isFinal ? Tails.PValue(estimate / standardError, double.PositiveInfinity, benefit)
            : new NotEstimable("benefit is judged once, at the planned end");
        return new(
            new(low, high), sequence.PValue, benefitP,
            benefit == Alternative.Greater ? high < 0 : low > 0, benefit == Alternative.Greater ? low > 0 : high < 0);
    }
}
