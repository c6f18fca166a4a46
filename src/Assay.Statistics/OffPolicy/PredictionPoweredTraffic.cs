namespace Assay.Statistics;

/// <summary>Rates and differences of human labels in an experiment's traffic: <see cref="PredictionPoweredScores"/> summed to the unit, then a ratio per item.</summary>
/// <remarks>The few labels decide how well errors are known, so t has labels − 1 degrees of freedom, however many units there are. Fixed horizon.</remarks>
public static class PredictionPoweredTraffic
{
    /// <summary>Mean human label per item of one arm.</summary>
    /// <param name="arm">All items of the arm.</param>
    /// <param name="alpha">Level of the interval, a probability in (0, 1).</param>
    /// <returns>The rate; not estimable where the scores are not, or with fewer than 2 units or no variance.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or a score or label is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A probability is outside its range.</exception>
    public static Estimated<PredictionPoweredRate> Rate(LabelledTraffic arm, double alpha)
    {
        Guard.Probability(alpha);
        var scores = PredictionPoweredScores.Of(arm);
        if (!scores.IsEstimable) return new NotEstimable(scores.Reason!);
        var line = Linearised.Of(scores.Value.ToRatioMoments());
        if (!line.IsEstimable) return new NotEstimable(line.Reason!);
        var (rate, error) = (line.Value.Ratio, line.Value.StandardError);
        if (error == 0) return new NotEstimable("every unit has the same rate, so there is no error to judge it by");
        return new PredictionPoweredRate(
            rate, error, Tails.Interval(rate, error, scores.Value.Labels - 1, alpha, Alternative.TwoSided), scores.Value.Lambdas, scores.Value.Labels, scores.Value.Units.Count);
    }

    /// <summary>Difference of two arms, each with labels and λ of its own, treatment − control.</summary>
    /// <param name="control">All items of the control.</param>
    /// <param name="treatment">All items of the treatment.</param>
    /// <param name="alpha">Level, a probability in (0, 1).</param>
    /// <returns>The comparison, t with the smaller arm's labels − 1 degrees of freedom; not estimable when either arm is not.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or a score or label is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A probability is outside its range.</exception>
    public static Estimated<MeanComparison> Compare(LabelledTraffic control, LabelledTraffic treatment, double alpha)
    {
        Estimated<PredictionPoweredRate> c = Rate(control, alpha), t = Rate(treatment, alpha);
        if (!c.IsEstimable) return new NotEstimable("control: " + c.Reason);
        if (!t.IsEstimable) return new NotEstimable("treatment: " + t.Reason);
        return TwoMeans.Conclude(
            t.Value.Estimate - c.Value.Estimate, double.Hypot(c.Value.StandardError, t.Value.StandardError), Math.Min(c.Value.Labels, t.Value.Labels) - 1, alpha, Alternative.TwoSided);
    }
}
