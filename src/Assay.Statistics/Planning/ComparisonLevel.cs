namespace Assay.Statistics;

/// <summary>At which level each of several treatments is held against one control, so that any false claim is made with chance alpha.</summary>
public static class ComparisonLevel
{
    /// <summary>Bonferroni's share, which Holm's first step asks for too.</summary>
    /// <param name="treatments">Number of treatments; 1 or more.</param>
    /// <param name="alpha">Two-sided family-wise level, a probability in (0, 1).</param>
    /// <returns>alpha / treatments.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public static double Bonferroni(int treatments, double alpha)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(treatments);
        Guard.Probability(alpha);
        return alpha / treatments;
    }

    /// <summary>Dunnett's level for large samples: comparisons that share a control are alike, so each may be held to a little more than Bonferroni's share.</summary>
    /// <param name="treatments">Number of treatments, all of one size; 1 or more.</param>
    /// <param name="alpha">Two-sided family-wise level, a probability in (0, 1).</param>
    /// <param name="ratio">Units of each treatment per control unit; positive. The correlation is ratio / (1 + ratio).</param>
    /// <returns>The two-sided level of one comparison, in [alpha / treatments, alpha].</returns>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    /// <remarks>The critical value is that of <see cref="Statistics.Dunnett.Critical"/>.</remarks>
    public static double Dunnett(int treatments, double alpha, double ratio = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(treatments);
        Guard.Probability(alpha);
        Guard.Positive(ratio);
        if (treatments == 1) return alpha;
        double[] loadings = [.. Enumerable.Repeat(Statistics.Dunnett.Loading(1, ratio), treatments)];
        return Math.Clamp(StandardNormal.TwoSidedTail(Statistics.Dunnett.Critical(loadings, alpha)), alpha / treatments, alpha);
    }
}
