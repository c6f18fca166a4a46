namespace Assay.Statistics;

/// <summary>Cohen's kappa: agreement of two raters on the same items.</summary>
public static class CohensKappa
{
    /// <summary>Estimates kappa with its large-sample error.</summary>
    /// <param name="first">One category per item, from 0 to categories − 1.</param>
    /// <param name="second">As many, the same item at the same place.</param>
    /// <param name="categories">Number of categories; 2 or more. With weights their distance depends on it.</param>
    /// <param name="weights">Unweighted, linear or quadratic.</param>
    /// <param name="alpha">Level of the interval, a probability in (0, 1).</param>
    /// <returns>The estimate; not estimable with fewer than 2 items, or when chance alone gives full agreement (one category only).</returns>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A category or another parameter is outside its range.</exception>
    /// <remarks>J. Cohen, Psychological Bulletin 70 (1968) 213–220, doi:10.1037/h0026256; error by J. L. Fleiss, J. Cohen, B. S. Everitt,
    /// Psychological Bulletin 72 (1969) 323–327, doi:10.1037/h0028106.</remarks>
    public static Estimated<AgreementEstimate> Estimate(
        ReadOnlySpan<int> first, ReadOnlySpan<int> second, int categories, KappaWeights weights, double alpha)
    {
        Guard.Probability(alpha);
        Guard.SameLength(second.Length, first.Length, nameof(second));
        ArgumentOutOfRangeException.ThrowIfLessThan(categories, 2);
        if (weights is not (KappaWeights.Unweighted or KappaWeights.Linear or KappaWeights.Quadratic))
            throw new ArgumentOutOfRangeException(nameof(weights), weights, "unknown weights");
        double n = first.Length;
        var share = new double[categories, categories];
        double[] rows = new double[categories], columns = new double[categories];
        for (var i = 0; i < first.Length; i++)
        {
            Check(first[i], categories, nameof(first));
            Check(second[i], categories, nameof(second));
            share[first[i], second[i]] += 1 / n;
            rows[first[i]] += 1 / n;
            columns[second[i]] += 1 / n;
        }
        if (n < 2) return new NotEstimable($"at least 2 items are needed; there are {n}");

        double observed = 0, expected = 0;
        double[] rowWeight = new double[categories], columnWeight = new double[categories];
        for (var i = 0; i < categories; i++)
            for (var j = 0; j < categories; j++)
            {
                var w = Weight(weights, i, j, categories);
                observed += w * share[i, j];
                expected += w * rows[i] * columns[j];
                rowWeight[i] += w * columns[j];
                columnWeight[j] += w * rows[i];
            }
        if (1 - expected < 1e-12) return new NotEstimable("both raters use one category only, so chance alone gives full agreement");
        var kappa = (observed - expected) / (1 - expected);
        double spread = 0;
        for (var i = 0; i < categories; i++)
            for (var j = 0; j < categories; j++)
            {
                var term = Weight(weights, i, j, categories) - (rowWeight[i] + columnWeight[j]) * (1 - kappa);
                spread += share[i, j] * term * term;
            }
        var centre = kappa - expected * (1 - kappa);
        var error = Math.Sqrt(Math.Max(0, spread - centre * centre) / n) / (1 - expected);
        // Rounding of the difference above is of the order √ε.
        return AgreementEstimate.Of(kappa, kappa > 1 - 1e-12 ? 0 : error, double.PositiveInfinity, observed, first.Length, alpha);
    }

    private static double Weight(KappaWeights weights, int i, int j, int categories)
    {
        var distance = Math.Abs(i - j) / (categories - 1.0);
        return weights switch { KappaWeights.Linear => 1 - distance, KappaWeights.Quadratic => 1 - distance * distance, _ => i == j ? 1 : 0 };
    }

    private static void Check(int category, int categories, string name)
    {
        if (category < 0 || category >= categories) throw new ArgumentOutOfRangeException(name, category, $"a category must lie from 0 to {categories - 1}");
    }
}
