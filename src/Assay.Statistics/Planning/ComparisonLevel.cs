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
    /// <remarks>P(max |Z| ≤ c) = ∫ φ(x) (Φ((c + λx)/√(1−λ²)) − Φ((−c + λx)/√(1−λ²)))^m dx, λ² the correlation.
    /// C. W. Dunnett, Journal of the American Statistical Association 50 (1955) 1096–1121, doi:10.1080/01621459.1955.10501294.</remarks>
    public static double Dunnett(int treatments, double alpha, double ratio = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(treatments);
        Guard.Probability(alpha);
        Guard.Positive(ratio);
        if (treatments == 1) return alpha;
        double shared = Math.Sqrt(ratio / (1 + ratio)), own = Math.Sqrt(1 / (1 + ratio));
        double low = StandardNormal.Critical(alpha), high = StandardNormal.Critical(alpha / treatments);
        for (var i = 0; i < 60; i++)
        {
            var middle = low + (high - low) / 2;
            if (AnyBeyond(middle, treatments, shared, own) > alpha) low = middle; else high = middle;
        }
        return Math.Clamp(StandardNormal.TwoSidedTail(high), alpha / treatments, alpha);
    }

    // The trapezoid rule on a smooth function that vanishes at both ends converges faster than any power of the step.
    private static double AnyBeyond(double c, int treatments, double shared, double own)
    {
        var step = Math.Min(0.1, own / shared / 2);
        double sum = 0;
        for (var x = -9.0; x <= 9; x += step)
        {
            var inside = 1 - StandardNormal.UpperTail((c + shared * x) / own) - StandardNormal.UpperTail((c - shared * x) / own);
            sum += Math.Exp(-x * x / 2) * -NearOne.Expm1(treatments * Math.Log(Math.Max(inside, 1e-300)));
        }
        return sum * step / Math.Sqrt(2 * Math.PI);
    }
}
