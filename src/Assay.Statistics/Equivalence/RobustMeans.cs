namespace Assay.Statistics;

/// <summary>Means that a few huge values cannot decide, with one cap for all arms.</summary>
/// <remarks>Fixed horizon. The answer is about the capped (or remaining) values, not about the sum that is paid for. J. W. Tukey,
/// D. H. McLaughlin, Sankhyā A 25 (1963) 331–352, jstor:25049278.</remarks>
public static class RobustMeans
{
    /// <summary>Compares values that are moved to the limits where they lie beyond (winsorised).</summary>
    /// <param name="control">One finite value per unit.</param>
    /// <param name="treatment">The same for the treatment.</param>
    /// <param name="cap">The limits, from both arms together.</param>
    /// <param name="alpha">Significance level, a probability in (0, 1).</param>
    /// <param name="alternative">Two-sided unless said otherwise.</param>
    /// <returns>The comparison; not estimable as Welch's t.</returns>
    /// <exception cref="ArgumentException">A value is NaN or infinite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">alpha is outside (0, 1).</exception>
    public static Estimated<RobustMeanComparison> Winsorised(
        ReadOnlySpan<double> control, ReadOnlySpan<double> treatment, PooledCap cap, double alpha, Alternative alternative = Alternative.TwoSided) =>
        Compare(control, treatment, cap, alpha, alternative, values => [.. values.Select(v => Math.Clamp(v, cap.Low, cap.High))]);

    /// <summary>Compares the values within the limits; units beyond are left out (trimmed), which the treatment may influence: see
    /// <see cref="RobustMeanComparison.Beyond"/>, and prefer <see cref="Winsorised"/>.</summary>
    /// <param name="control">One finite value per unit.</param>
    /// <param name="treatment">The same for the treatment.</param>
    /// <param name="cap">The limits, from both arms together.</param>
    /// <param name="alpha">Significance level, a probability in (0, 1).</param>
    /// <param name="alternative">Two-sided unless said otherwise.</param>
    /// <returns>The comparison; not estimable as Welch's t.</returns>
    /// <exception cref="ArgumentException">A value is NaN or infinite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">alpha is outside (0, 1).</exception>
    public static Estimated<RobustMeanComparison> Trimmed(
        ReadOnlySpan<double> control, ReadOnlySpan<double> treatment, PooledCap cap, double alpha, Alternative alternative = Alternative.TwoSided) =>
        Compare(control, treatment, cap, alpha, alternative, values => [.. values.Where(v => v >= cap.Low && v <= cap.High)]);

    private static Estimated<RobustMeanComparison> Compare(
        ReadOnlySpan<double> control, ReadOnlySpan<double> treatment, PooledCap cap, double alpha, Alternative alternative, Func<double[], double[]> change)
    {
        _ = (SampleMoments.FromValues(control), SampleMoments.FromValues(treatment));
        double[] c = control.ToArray(), t = treatment.ToArray();
        return WelchT.Compare(SampleMoments.FromValues(change(c)), SampleMoments.FromValues(change(t)), alpha, alternative)
            .Map(of => new RobustMeanComparison(cap, of, TwoProportions.Compare(Beyond(c), Beyond(t), alpha)));

        Proportion Beyond(double[] values) => new(values.Count(v => v < cap.Low || v > cap.High), values.Length);
    }
}
