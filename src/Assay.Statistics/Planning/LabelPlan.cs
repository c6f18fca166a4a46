namespace Assay.Statistics;

/// <summary>How many human labels buy an interval of a wanted width, with a judge beside them and without.</summary>
/// <remarks>
/// Prediction-powered inference with n of N items labelled has the variance σ²/n − λ(2c − λ s²)/n + λ² s²/(N − n), λ = c / (s²(1 + n/(N − n))) cut to [0, 1];
/// uncut it is σ²((1 − ρ²)/n + ρ²/N): the judge replaces labels only as far as it agrees with them, and never beyond what N labels give.
/// A. N. Angelopoulos, J. C. Duchi, T. Zrnic, "PPI++" (2023), arXiv:2311.01453, section 6.
/// </remarks>
public sealed record LabelPlan
{
    /// <summary>Describes labels and judge.</summary>
    /// <param name="labelDeviation">Standard deviation of human labels; √(p(1 − p)) of yes/no labels; positive.</param>
    /// <param name="judgeDeviation">Standard deviation of the judge's scores; not negative.</param>
    /// <param name="correlation">Of label and score over items, in [−1, 1].</param>
    /// <param name="items">Items the judge scored, the labelled ones among them; 52 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public LabelPlan(double labelDeviation, double judgeDeviation, double correlation, long items)
    {
        Guard.Positive(labelDeviation);
        Guard.NonNegative(judgeDeviation);
        if (!(correlation is >= -1 and <= 1)) throw new ArgumentOutOfRangeException(nameof(correlation), correlation, "must lie between -1 and 1");
        if (items < PredictionPowered.MinimumLabels + 2)
            throw new ArgumentOutOfRangeException(nameof(items), items, $"must be at least {PredictionPowered.MinimumLabels + 2}: {PredictionPowered.MinimumLabels} labels are the fewest, and 2 items must stay without");
        (LabelDeviation, JudgeDeviation, Correlation, Items) = (labelDeviation, judgeDeviation, correlation, items);
    }

    /// <summary>Standard deviation of human labels.</summary>
    public double LabelDeviation { get; }

    /// <summary>Standard deviation of the judge's scores.</summary>
    public double JudgeDeviation { get; }

    /// <summary>Correlation of label and score.</summary>
    public double Correlation { get; }

    /// <summary>Items the judge scored.</summary>
    public long Items { get; }

    /// <summary>Labels for an interval of estimate ± half-width.</summary>
    /// <param name="halfWidth">Wanted half-width of the interval, in the label's unit; positive.</param>
    /// <param name="alpha">Level 1 − alpha; a probability in (0, 1).</param>
    /// <param name="isDifference">True: the interval of the difference of two such arms; labels are then per arm.</param>
    /// <returns>The smallest numbers of labels, 50 or more; not estimable when even labelling nearly all items leaves the interval wider.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public Estimated<RequiredLabels> For(double halfWidth, double alpha = 0.05, bool isDifference = false)
    {
        Guard.Positive(halfWidth);
        Guard.Probability(alpha);
        if (LabelDeviation * LabelDeviation < double.Epsilon * 1e16) return new NotEstimable("the labels vary too little to compute with");
        var arms = isDifference ? 2 : 1;
        long least = PredictionPowered.MinimumLabels, most = Items - 2;
        if (!(HalfWidth(Variance(most), most) <= halfWidth))
            return new NotEstimable($"even labels on nearly all {Items} items leave the interval wider: it needs more items");
        var withJudge = Smallest(least, most, n => HalfWidth(Variance(n), n));
        long high = most;
        while (HalfWidth(LabelDeviation * LabelDeviation / high, high) > halfWidth) high = checked(high * 2);
        var alone = Smallest(least, high, n => HalfWidth(LabelDeviation * LabelDeviation / n, n));
        return new RequiredLabels(withJudge, alone, Lambda(withJudge), EquivalentLabels(withJudge));

        double HalfWidth(double variance, long n) => StudentTDistribution.UpperQuantile(alpha / 2, n - 1) * Math.Sqrt(arms * variance);

        long Smallest(long low, long top, Func<long, double> widthAt)
        {
            if (widthAt(low) <= halfWidth) return low;
            while (top - low > 1)
            {
                var middle = low + (top - low) / 2;
                if (widthAt(middle) <= halfWidth) top = middle; else low = middle;
            }
            return top;
        }
    }

    /// <summary>How many labels alone would have the same variance as so many labels beside the judge.</summary>
    /// <param name="labels">Labels; from 1 to items − 1.</param>
    /// <returns>At least <paramref name="labels"/>, below the number of items.</returns>
    /// <exception cref="ArgumentOutOfRangeException">labels is outside its range.</exception>
    public double EquivalentLabels(long labels) => LabelDeviation * LabelDeviation / Variance(labels);

    /// <summary>Variance of the prediction-powered mean with so many labels.</summary>
    /// <param name="labels">Labels; from 1 to items − 1.</param>
    /// <returns>Positive, in the label's unit squared.</returns>
    /// <exception cref="ArgumentOutOfRangeException">labels is outside its range.</exception>
    public double Variance(long labels)
    {
        var lambda = Lambda(labels);
        double rest = Items - labels, judge = JudgeDeviation * JudgeDeviation;
        return (LabelDeviation * LabelDeviation - 2 * lambda * Covariance + lambda * lambda * judge) / labels + lambda * lambda * judge / rest;
    }

    private double Covariance => Correlation * LabelDeviation * JudgeDeviation;

    private double Lambda(long labels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(labels, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(labels, Items);
        return JudgeDeviation == 0 ? 0 : Math.Clamp(Covariance / (JudgeDeviation * JudgeDeviation) * (Items - labels) / Items, 0, 1);
    }
}
