namespace Assay.Statistics;

/// <summary>Non-inferiority: a cheaper variant need not be better, only not worse by more than a margin.</summary>
/// <remarks>Fixed horizon; the margin is settled before the data. Proportions: C. P. Farrington, G. Manning, Statistics in Medicine 9
/// (1990) 1447–1454, doi:10.1002/sim.4780091208.</remarks>
public static class NonInferiority
{
    /// <summary>Tests any difference with a standard error.</summary>
    /// <param name="difference">Treatment − control; finite.</param>
    /// <param name="standardError">Positive.</param>
    /// <param name="degreesOfFreedom">Positive; infinite for the normal distribution.</param>
    /// <param name="margin">The largest harm that is acceptable; 0 or more, in the difference's unit.</param>
    /// <param name="higherIsBetter">False for costs and latencies.</param>
    /// <param name="alpha">One-sided level, a probability in (0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public static NonInferiorityTest Test(
        double difference, double standardError, double degreesOfFreedom, double margin, bool higherIsBetter, double alpha)
    {
        Guard.Finite(difference);
        Guard.Positive(standardError);
        if (!(degreesOfFreedom > 0)) throw new ArgumentOutOfRangeException(nameof(degreesOfFreedom), degreesOfFreedom, "must be positive");
        Guard.NonNegative(margin);
        Guard.Probability(alpha);
        double sign = higherIsBetter ? 1 : -1, benefit = sign * difference;
        var p = Tails.PValue((benefit + margin) / standardError, degreesOfFreedom, Alternative.Greater);
        return new NonInferiorityTest(difference, p, sign * (benefit - Tails.Critical(alpha, degreesOfFreedom) * standardError), p <= alpha);
    }

    /// <summary>Two means (Welch).</summary>
    /// <param name="control">Moments of the control.</param>
    /// <param name="treatment">Moments of the treatment.</param>
    /// <param name="margin">The largest harm that is acceptable; 0 or more.</param>
    /// <param name="higherIsBetter">False for costs and latencies.</param>
    /// <param name="alpha">One-sided level, a probability in (0, 1).</param>
    /// <returns>The test; not estimable with fewer than 2 units in an arm or without variance.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public static Estimated<NonInferiorityTest> Means(
        SampleMoments control, SampleMoments treatment, double margin, bool higherIsBetter, double alpha)
    {
        Guard.NonNegative(margin);
        var welch = WelchT.Compare(control, treatment, alpha);
        if (!welch.IsEstimable) return new NotEstimable(welch.Reason!);
        return Test(welch.Value.Difference, welch.Value.StandardError, welch.Value.DegreesOfFreedom, margin, higherIsBetter, alpha);
    }

    /// <summary>Two proportions, with the variance under "worse by exactly the margin".</summary>
    /// <param name="control">Successes and trials of the control.</param>
    /// <param name="treatment">The same for the treatment.</param>
    /// <param name="margin">The largest harm that is acceptable, a difference of probabilities in [0, 1).</param>
    /// <param name="higherIsBetter">False when a success is bad, as an escalation.</param>
    /// <param name="alpha">One-sided level, a probability in (0, 1).</param>
    /// <returns>The test with Newcombe's bound; not estimable without trials or without variance at the margin.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public static Estimated<NonInferiorityTest> Proportions(
        Proportion control, Proportion treatment, double margin, bool higherIsBetter, double alpha)
    {
        Guard.Probability(alpha);
        if (!(margin >= 0 && margin < 1)) throw new ArgumentOutOfRangeException(nameof(margin), margin, "must lie in [0, 1)");
        var score = MarginScore.Z(control, treatment, higherIsBetter ? -margin : margin);
        if (!score.IsEstimable) return new NotEstimable(score.Reason!);
        var p = StandardNormal.UpperTail(higherIsBetter ? score.Value : -score.Value);
        var difference = treatment.Rate - control.Rate;
        // A one-sided bound at alpha is an end of the interval at 2·alpha, which ends at 1.
        var interval = alpha < 0.5 ? TwoProportions.NewcombeInterval(control, treatment, 2 * alpha) : new Interval(difference, difference);
        return new NonInferiorityTest(difference, p, higherIsBetter ? interval.Low : interval.High, p <= alpha);
    }
}
