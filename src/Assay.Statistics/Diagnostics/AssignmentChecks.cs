namespace Assay.Statistics;

/// <summary>A/A checks of an assignment: what must hold when units are spread by chance alone.</summary>
public static class AssignmentChecks
{
    /// <summary>Kolmogorov's test that p-values, one per re-salted assignment or A/A run, are uniform.</summary>
    /// <param name="pValues">In [0, 1], from independent runs. P-values of few discrete outcomes lie above the uniform line and are flagged wrongly.</param>
    /// <param name="alpha">Level whose share is counted, a probability in (0, 1).</param>
    /// <returns>The test; not estimable below 20 p-values.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A p-value is outside [0, 1], or alpha outside (0, 1).</exception>
    /// <remarks>Limiting distribution with the correction for small numbers by M. A. Stephens, Journal of the American Statistical Association 69
    /// (1974) 730–737, doi:10.1080/01621459.1974.10480196: two digits from 20 values on.</remarks>
    public static Estimated<UniformityTest> Uniformity(ReadOnlySpan<double> pValues, double alpha)
    {
        Guard.Probability(alpha);
        var sorted = pValues.ToArray();
        foreach (var p in sorted)
            if (!(p >= 0 && p <= 1)) throw new ArgumentOutOfRangeException(nameof(pValues), p, "a p-value must lie in [0, 1]");
        if (sorted.Length < 20) return new NotEstimable($"at least 20 p-values are needed to see how they are spread; there are {sorted.Length}");
        Array.Sort(sorted);
        double n = sorted.Length, distance = 0;
        long below = 0;
        for (var i = 0; i < sorted.Length; i++)
        {
            distance = Math.Max(distance, Math.Max((i + 1) / n - sorted[i], sorted[i] - i / n));
            if (sorted[i] <= alpha) below++;
        }
        var root = Math.Sqrt(n);
        return new UniformityTest(distance, KolmogorovTail((root + 0.12 + 0.11 / root) * distance), below / n, Wilson.Interval(new Proportion(below, sorted.Length), alpha));
    }

    /// <summary>Pearson's chi-square test of a table: arms of one experiment against arms of another, or against segments.</summary>
    /// <param name="table">Units per row and column; 0 or more. Rows and columns without units are passed over.</param>
    /// <returns>The test; not estimable with fewer than two rows or columns that have units.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative.</exception>
    /// <remarks>K. Pearson, Philosophical Magazine 50 (1900) 157–175, doi:10.1080/14786440009463897. Expected counts of 5 or more.</remarks>
    public static Estimated<IndependenceTest> Independence(long[,] table)
    {
        ArgumentNullException.ThrowIfNull(table);
        int height = table.GetLength(0), width = table.GetLength(1);
        double[] rows = new double[height], columns = new double[width];
        double all = 0;
        for (var i = 0; i < height; i++)
            for (var j = 0; j < width; j++)
            {
                ArgumentOutOfRangeException.ThrowIfNegative(table[i, j], nameof(table));
                (rows[i], columns[j], all) = (rows[i] + table[i, j], columns[j] + table[i, j], all + table[i, j]);
            }
        int usedRows = rows.Count(r => r > 0), usedColumns = columns.Count(c => c > 0);
        if (usedRows < 2 || usedColumns < 2) return new NotEstimable($"at least 2 rows and 2 columns with units are needed; there are {usedRows} and {usedColumns}");
        double statistic = 0;
        for (var i = 0; i < height; i++)
            for (var j = 0; j < width; j++)
            {
                if (rows[i] == 0 || columns[j] == 0) continue;
                var expected = rows[i] * (columns[j] / all);
                statistic += (table[i, j] - expected) * (table[i, j] - expected) / expected;
            }
        var degrees = (usedRows - 1) * (usedColumns - 1);
        return new IndependenceTest(statistic, degrees, SampleRatio.ChiSquareTail(statistic, degrees));
    }

    /// <summary>P(K &gt; x) of Kolmogorov's limiting distribution.</summary>
    private static double KolmogorovTail(double x)
    {
        if (x < 0.2) return 1;
        double sum = 0;
        for (var k = 1; k <= 100; k++)
        {
            var term = Math.Exp(-2.0 * k * k * x * x);
            sum += k % 2 == 1 ? term : -term;
            if (term < 1e-18) break;
        }
        return Math.Clamp(2 * sum, 0, 1);
    }
}
