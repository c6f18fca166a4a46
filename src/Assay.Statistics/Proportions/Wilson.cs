namespace Assay.Statistics;

/// <summary>Wilson's score interval for one proportion.</summary>
public static class Wilson
{
    /// <summary>The (1 − alpha) score interval; inside [0, 1] and of positive width even at 0 or all successes.</summary>
    /// <param name="arm">Successes and trials; at least 1 trial.</param>
    /// <param name="alpha">Two-sided significance level, a probability in (0, 1).</param>
    /// <exception cref="ArgumentException">There are no trials.</exception>
    /// <exception cref="ArgumentOutOfRangeException">alpha is outside (0, 1) or NaN.</exception>
    /// <remarks>E. B. Wilson, Journal of the American Statistical Association 22 (1927) 209–212, doi:10.1080/01621459.1927.10502953.</remarks>
    public static Interval Interval(Proportion arm, double alpha)
    {
        var z = StandardNormal.Critical(alpha);
        if (arm.Trials == 0) throw new ArgumentException("there are no trials", nameof(arm));
        return Interval(arm.Rate, arm.Trials, z);
    }

    /// <summary>The same from a rate and an effective number of trials, which need not be whole.</summary>
    internal static Interval Interval(double p, double n, double z)
    {
        var square = z * z;
        var centre = (p + square / (2 * n)) / (1 + square / n);
        var half = z / (1 + square / n) * Math.Sqrt(p * (1 - p) / n + square / (4 * n * n));
        // At 0 and at all successes one end is the estimate itself; rounding must not move it.
        return new Interval(
            p == 0 ? 0 : Math.Max(0, centre - half),
            p == 1 ? 1 : Math.Min(1, centre + half));
    }
}
