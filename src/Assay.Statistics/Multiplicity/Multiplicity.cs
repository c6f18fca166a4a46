namespace Assay.Statistics;

/// <summary>Adjusted p-values for a family of tests: reject those at or below alpha.</summary>
/// <remarks>Each method takes p-values in [0, 1] in any order, possibly none, and gives as many adjusted ones in the same order,
/// at most 1; each throws <see cref="ArgumentOutOfRangeException"/> for a p-value that is NaN or outside [0, 1]. What is not estimable
/// must be left out by the caller, who decides whether it still counts in the family.</remarks>
public static class Multiplicity
{
    /// <summary>m · p. Family-wise error rate, any dependence.</summary>
    /// <param name="pValues">In [0, 1]; may be empty.</param>
    public static double[] Bonferroni(ReadOnlySpan<double> pValues)
    {
        var adjusted = Checked(pValues);
        for (var i = 0; i < adjusted.Length; i++) adjusted[i] = Math.Min(1, adjusted[i] * adjusted.Length);
        return adjusted;
    }

    /// <summary>Bonferroni, step by step from the smallest: family-wise error rate, any dependence, never weaker than Bonferroni.</summary>
    /// <param name="pValues">In [0, 1]; may be empty.</param>
    /// <remarks>S. Holm, Scandinavian Journal of Statistics 6 (1979) 65–70, jstor:4615733.</remarks>
    public static double[] Holm(ReadOnlySpan<double> pValues) => StepDown(pValues, (m, rank) => m - rank + 1);

    /// <summary>Holm's factors from the largest down: family-wise error rate for independent or positively dependent tests.</summary>
    /// <param name="pValues">In [0, 1]; may be empty.</param>
    /// <remarks>Y. Hochberg, Biometrika 75 (1988) 800–802, doi:10.1093/biomet/75.4.800.</remarks>
    public static double[] Hochberg(ReadOnlySpan<double> pValues) => StepUp(pValues, (m, rank) => m - rank + 1);

    /// <summary>The closed test of Simes' intersection tests: family-wise error rate for independent or positively dependent tests, never
    /// weaker than Hochberg. O(m²).</summary>
    /// <param name="pValues">In [0, 1]; may be empty.</param>
    /// <remarks>G. Hommel, Biometrika 75 (1988) 383–386, doi:10.1093/biomet/75.2.383; adjusted values by S. P. Wright, Biometrics 48 (1992)
    /// 1005–1013, doi:10.2307/2532694.</remarks>
    public static double[] Hommel(ReadOnlySpan<double> pValues)
    {
        var (values, order) = Ranked(pValues);
        var m = order.Length;
        var sorted = new double[m];
        for (var i = 0; i < m; i++) sorted[i] = values[order[i]];
        var adjusted = sorted.ToArray();
        for (var size = m; size >= 2; size--)
        {
            // Simes over the largest `size` p-values with the smallest of them replaced by any of the m − size + 1 smallest.
            var simes = double.PositiveInfinity;
            for (var rank = 2; rank <= size; rank++) simes = Math.Min(simes, size * sorted[m - size + rank - 1] / rank);
            for (var i = 0; i < m; i++)
                adjusted[i] = Math.Max(adjusted[i], i <= m - size ? Math.Min(simes, size * sorted[i]) : adjusted[m - size]);
        }
        for (var i = 0; i < m; i++) values[order[i]] = Math.Min(1, adjusted[i]);
        return values;
    }

    /// <summary>False discovery rate for independent or positively dependent tests.</summary>
    /// <param name="pValues">In [0, 1]; may be empty.</param>
    /// <remarks>Y. Benjamini, Y. Hochberg, Journal of the Royal Statistical Society B 57 (1995) 289–300, doi:10.1111/j.2517-6161.1995.tb02031.x.</remarks>
    public static double[] BenjaminiHochberg(ReadOnlySpan<double> pValues) => StepUp(pValues, (m, rank) => (double)m / rank);

    /// <summary>False discovery rate under any dependence.</summary>
    /// <param name="pValues">In [0, 1]; may be empty.</param>
    /// <remarks>Y. Benjamini, D. Yekutieli, The Annals of Statistics 29 (2001) 1165–1188, doi:10.1214/aos/1013699998.</remarks>
    public static double[] BenjaminiYekutieli(ReadOnlySpan<double> pValues)
    {
        double harmonic = 0;
        for (var k = 1; k <= pValues.Length; k++) harmonic += 1.0 / k;
        return StepUp(pValues, (m, rank) => harmonic * m / rank);
    }

    /// <summary>The interval that agrees with an adjusted p-value: the normal interval widened until it excludes 0 just when p ≤ alpha.</summary>
    /// <param name="estimate">The difference or lift; finite, not 0.</param>
    /// <param name="adjustedPValue">In (0, 1): at 1 nothing bounds the interval.</param>
    /// <param name="alpha">Two-sided significance level, a probability in (0, 1).</param>
    /// <returns>Estimate ± |estimate| · z(alpha) / z(p); for display: it treats the statistic as normal.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public static Interval AdjustedInterval(double estimate, double adjustedPValue, double alpha)
    {
        Guard.Finite(estimate);
        ArgumentOutOfRangeException.ThrowIfZero(estimate);
        var half = Math.Abs(estimate) * (StandardNormal.Critical(alpha) / StandardNormal.Critical(adjustedPValue));
        return new Interval(estimate - half, estimate + half);
    }

    private static double[] StepDown(ReadOnlySpan<double> pValues, Func<int, int, double> factor)
    {
        var (adjusted, order) = Ranked(pValues);
        double running = 0;
        for (var rank = 1; rank <= order.Length; rank++)
        {
            ref var p = ref adjusted[order[rank - 1]];
            p = running = Math.Max(running, Math.Min(1, p * factor(order.Length, rank)));
        }
        return adjusted;
    }

    private static double[] StepUp(ReadOnlySpan<double> pValues, Func<int, int, double> factor)
    {
        var (adjusted, order) = Ranked(pValues);
        double running = 1;
        for (var rank = order.Length; rank >= 1; rank--)
        {
            ref var p = ref adjusted[order[rank - 1]];
            p = running = Math.Min(running, p * factor(order.Length, rank));
        }
        return adjusted;
    }

    private static (double[] PValues, int[] Order) Ranked(ReadOnlySpan<double> pValues)
    {
        var values = Checked(pValues);
        var order = new int[values.Length];
        for (var i = 0; i < order.Length; i++) order[i] = i;
        Array.Sort(order, (a, b) => values[a].CompareTo(values[b]));
        return (values, order);
    }

    private static double[] Checked(ReadOnlySpan<double> pValues)
    {
        foreach (var p in pValues)
            if (!(p >= 0 && p <= 1)) throw new ArgumentOutOfRangeException(nameof(pValues), p, "a p-value must lie in [0, 1]");
        return pValues.ToArray();
    }
}
