namespace Assay.Statistics;

/// <summary>Win rate at equal lengths: what would the judge say if no answer were longer than the other?</summary>
/// <remarks>Y. Dubois, B. Galambosi, P. Liang, T. B. Hashimoto, COLM 2024, arXiv:2404.04475, without their term for the difficulty of an
/// instruction, which needs many models' verdicts on the same instructions; the order shown is added.</remarks>
public static class LengthControlled
{
    /// <summary>Fits score ~ constant + tanh(length difference / its standard deviation) + order.</summary>
    /// <param name="scores">The treatment's score per verdict: 1 it wins, 0 it loses, between for ties and graded verdicts.</param>
    /// <param name="lengthDifferences">As many: treatment − control, in characters or tokens; finite.</param>
    /// <param name="shownFirst">As many: +1 the treatment was shown first, −1 second, 0 not known; empty: nothing is known.</param>
    /// <param name="cases">As many ids: verdicts on one case share one.</param>
    /// <param name="alpha">Level, a probability in (0, 1).</param>
    /// <returns>The estimate; not estimable when all lengths differ by the same amount, when scores are separated by length or order, or with no
    /// more cases than coefficients.</returns>
    /// <exception cref="ArgumentException">Lengths of the spans differ, or a value is outside its range.</exception>
    /// <exception cref="ArgumentOutOfRangeException">alpha is outside (0, 1) or NaN.</exception>
    public static Estimated<LengthControlledEstimate> Estimate(
        ReadOnlySpan<double> scores, ReadOnlySpan<double> lengthDifferences, ReadOnlySpan<int> shownFirst, ReadOnlySpan<long> cases, double alpha)
    {
        Guard.Probability(alpha);
        Guard.SameLength(lengthDifferences.Length, scores.Length, nameof(lengthDifferences));
        Guard.SameLength(cases.Length, scores.Length, nameof(cases));
        if (shownFirst.Length > 0) Guard.SameLength(shownFirst.Length, scores.Length, nameof(shownFirst));
        var lengths = SampleMoments.FromValues(lengthDifferences);
        if (lengths.N < 2 || lengths.Variance == 0) return new NotEstimable("all pairs differ in length by the same amount, so its effect cannot be told from the treatment's");
        var deviation = Math.Sqrt(lengths.Variance);
        var hasOrder = shownFirst.Contains(1) && shownFirst.Contains(-1);
        var rows = new double[scores.Length][];
        double longer = 0, unequal = 0, sum = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            var length = Math.Tanh(lengthDifferences[i] / deviation);
            if (shownFirst.Length > 0 && shownFirst[i] is < -1 or > 1) throw new ArgumentException($"element {i} is {shownFirst[i]}, not -1, 0 or 1", nameof(shownFirst));
            // ±½, so that the coefficient is first against second.
            rows[i] = hasOrder ? [1, length, shownFirst[i] / 2.0] : [1, length];
            sum += scores[i];
            if (lengthDifferences[i] == 0) continue;
            unequal++;
            longer += lengthDifferences[i] > 0 ? scores[i] : 1 - scores[i];
        }
        var fit = LogisticRegression.Fit(rows, scores, cases);
        if (!fit.IsEstimable) return new NotEstimable(fit.Reason!);
        var constant = fit.Value.Coefficient(0, alpha);
        if (!constant.IsEstimable) return new NotEstimable(constant.Reason!);
        return new LengthControlledEstimate(
            LogisticRegression.Probability(constant.Value.Difference),
            new Interval(LogisticRegression.Probability(constant.Value.Interval.Low), LogisticRegression.Probability(constant.Value.Interval.High)),
            sum / scores.Length, fit.Value.Coefficient(1, alpha),
            hasOrder ? fit.Value.Coefficient(2, alpha) : new NotEstimable("both orders are needed to see the effect of the order"),
            longer / unequal, scores.Length, fit.Value.Clusters);
    }
}
