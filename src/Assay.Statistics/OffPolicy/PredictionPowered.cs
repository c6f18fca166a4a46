namespace Assay.Statistics;

/// <summary>Prediction-powered inference: valid however bad the judge, narrower the better it is.</summary>
/// <remarks>Labels must be drawn at random. A. N. Angelopoulos, J. C. Duchi, T. Zrnic, "PPI++" (2023), arXiv:2311.01453.</remarks>
public static class PredictionPowered
{
    /// <summary>Fewer labels in an arm carry no estimate.</summary>
    public const int MinimumLabels = 50;

    /// <summary>Fewer yes/no labels of the rarer kind carry no estimate.</summary>
    public const int MinimumOfRarerClass = 10;

    /// <summary>Mean label of one arm, power-tuned.</summary>
    /// <param name="arm">Labels and scores.</param>
    /// <param name="alpha">Level of the interval, a probability in (0, 1).</param>
    /// <returns>The estimate; not estimable below 50 labels, below 10 of the rarer class of yes/no labels, without unlabelled scores or variance.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or a number is NaN or infinite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">alpha is outside (0, 1).</exception>
    public static Estimated<PredictionPoweredEstimate> Mean(LabelledSample arm, double alpha)
    {
        ArgumentNullException.ThrowIfNull(arm);
        Guard.Probability(alpha);
        double[] y = [.. arm.HumanLabels], f = [.. arm.JudgeOnLabelled], rest = [.. arm.JudgeOnUnlabelled];
        Guard.SameLength(f.Length, y.Length, nameof(arm));
        SampleMoments labels = SampleMoments.FromValues(y), unlabelled = SampleMoments.FromValues(rest), all = SampleMoments.FromValues([.. f, .. rest]);
        var both = RatioMoments.FromValues(y, f);
        if (y.Length < MinimumLabels) return new NotEstimable($"at least {MinimumLabels} human labels are needed; there are {y.Length}");
        if (y.All(v => v is 0 or 1) && Math.Min(y.Count(v => v == 1), y.Count(v => v == 0)) is var rarer && rarer < MinimumOfRarerClass)
            return new NotEstimable($"at least {MinimumOfRarerClass} human labels of the rarer class are needed; there are {rarer}");
        if (rest.Length < 2) return new NotEstimable("the judge scored no other items than the labelled ones");
        if (labels.Variance == 0) return new NotEstimable("all human labels are equal");

        double n = y.Length, m = rest.Length;
        var lambda = all.Variance == 0 ? 0 : Math.Clamp(both.Covariance / ((1 + n / m) * all.Variance), 0, 1);
        var rectified = SampleMoments.FromValues([.. y.Zip(f, (label, score) => label - lambda * score)]);
        var estimate = rectified.Mean + lambda * unlabelled.Mean;
        var error = Math.Sqrt(rectified.Variance / n + lambda * lambda * unlabelled.Variance / m);
        if (error == 0) return new NotEstimable("the judge repeats the labels exactly and never varies elsewhere, so there is no error");
        return new PredictionPoweredEstimate(
            estimate, error, Tails.Interval(estimate, error, n - 1, alpha, Alternative.TwoSided), lambda,
            Math.Sqrt(labels.Variance / n), labels.Variance / (error * error), y.Length);
    }

    /// <summary>Difference of two arms, each with its own labels and lambda, treatment − control.</summary>
    /// <param name="control">The control's labels and scores.</param>
    /// <param name="treatment">The treatment's labels and scores.</param>
    /// <param name="alpha">Level, a probability in (0, 1).</param>
    /// <returns>The comparison; not estimable when either arm is not.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or a number is NaN or infinite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">alpha is outside (0, 1).</exception>
    public static Estimated<PredictionPoweredComparison> Compare(LabelledSample control, LabelledSample treatment, double alpha)
    {
        Estimated<PredictionPoweredEstimate> c = Mean(control, alpha), t = Mean(treatment, alpha);
        if (!c.IsEstimable) return new NotEstimable("control: " + c.Reason);
        if (!t.IsEstimable) return new NotEstimable("treatment: " + t.Reason);
        return TwoMeans.Conclude(
            t.Value.Estimate - c.Value.Estimate, double.Hypot(c.Value.StandardError, t.Value.StandardError),
            Math.Min(c.Value.Labels, t.Value.Labels) - 1, alpha, Alternative.TwoSided).Map(of => new PredictionPoweredComparison(c.Value, t.Value, of));
    }
}
