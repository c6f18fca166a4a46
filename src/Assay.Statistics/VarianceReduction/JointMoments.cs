namespace Assay.Statistics;

/// <summary>Number of units, means and covariances of several variables per unit: an outcome with its covariates. Immutable.</summary>
public sealed class JointMoments
{
    private readonly double[] _means;
    private readonly double[,] _covariance;

    /// <param name="n">Number of units; 0 or more.</param>
    /// <param name="means">One finite mean per variable; at least one.</param>
    /// <param name="covariance">Sample covariances, denominator n − 1; square, of as many rows as there are means, symmetric and positive
    /// semidefinite.</param>
    /// <exception cref="ArgumentOutOfRangeException">n or a variance is negative, or a number is not finite.</exception>
    /// <exception cref="ArgumentException">Shapes differ, or the matrix is no covariance matrix.</exception>
    public JointMoments(long n, ReadOnlySpan<double> means, double[,] covariance)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        ArgumentNullException.ThrowIfNull(covariance);
        if (means.Length == 0) throw new ArgumentException("at least one variable is needed", nameof(means));
        foreach (var mean in means) Guard.Finite(mean, nameof(means));
        (N, _means, _covariance) = (n, means.ToArray(), (double[,])covariance.Clone());
        CovarianceMatrix.Check(_covariance, _means, nameof(covariance));
    }

    /// <summary>Number of units.</summary>
    public long N { get; }

    /// <summary>Number of variables.</summary>
    public int Variables => _means.Length;

    /// <summary>Mean of a variable.</summary>
    /// <param name="variable">From 0.</param>
    public double Mean(int variable) => _means[variable];

    /// <summary>Sample covariance of two variables, denominator n − 1; a variance when they are the same.</summary>
    /// <param name="first">From 0.</param>
    /// <param name="second">From 0.</param>
    public double Covariance(int first, int second) => _covariance[first, second];

    /// <summary>Moments of columns of values, the outcome first.</summary>
    /// <param name="columns">One or more columns of equal length: one finite value per unit, the same unit at the same place.</param>
    /// <exception cref="ArgumentException">There is no column, lengths differ, or a value is NaN or infinite.</exception>
    public static JointMoments FromColumns(params ReadOnlySpan<double[]> columns)
    {
        if (columns.Length == 0) throw new ArgumentException("at least one variable is needed", nameof(columns));
        int k = columns.Length, n = columns[0].Length;
        var means = new double[k];
        for (var i = 0; i < k; i++)
        {
            Guard.SameLength(columns[i].Length, n, nameof(columns));
            means[i] = SampleMoments.FromValues(columns[i]).Mean;
        }
        var covariance = new double[k, k];
        for (var i = 0; i < k && n > 1; i++)
            for (var j = 0; j <= i; j++)
            {
                double products = 0;
                for (var u = 0; u < n; u++) products += (columns[i][u] - means[i]) * (columns[j][u] - means[j]);
                covariance[i, j] = covariance[j, i] = products / (n - 1);
            }
        return new JointMoments(n, means, covariance);
    }

    /// <summary>Moments from sums, as a database returns them.</summary>
    /// <param name="n">Number of units; 1 or more.</param>
    /// <param name="sums">Σx of each variable.</param>
    /// <param name="sumsOfProducts">Σxy of each two; square and symmetric.</param>
    /// <exception cref="ArgumentException">Shapes differ, or no data has these sums.</exception>
    /// <exception cref="ArgumentOutOfRangeException">n is below 1, or a sum is not finite.</exception>
    public static JointMoments FromSums(long n, ReadOnlySpan<double> sums, double[,] sumsOfProducts)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        ArgumentNullException.ThrowIfNull(sumsOfProducts);
        CovarianceMatrix.CheckShape(sumsOfProducts, sums.Length, nameof(sumsOfProducts));
        var means = new double[sums.Length];
        var covariance = new double[sums.Length, sums.Length];
        for (var i = 0; i < sums.Length; i++)
        {
            Guard.Finite(sums[i], nameof(sums));
            means[i] = sums[i] / n;
            if (n == 1) continue;
            covariance[i, i] = SumsOfProducts.Squares(n, sums[i], sumsOfProducts[i, i]) / (n - 1);
            for (var j = 0; j < i; j++)
                covariance[i, j] = covariance[j, i] = SumsOfProducts.Products(n, sums[i], sums[j], sumsOfProducts[i, j]) / (n - 1);
        }
        return new JointMoments(n, means, covariance);
    }

    /// <summary>Moments of the union of two disjoint samples, exactly as if they had been read together.</summary>
    /// <param name="other">As many variables in the same order.</param>
    /// <exception cref="ArgumentException">It has another number of variables.</exception>
    public JointMoments Merge(JointMoments other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Guard.SameLength(other.Variables, Variables, nameof(other));
        if (N == 0) return other;
        if (other.N == 0) return this;
        double n = N + other.N;
        var means = new double[Variables];
        var covariance = new double[Variables, Variables];
        for (var i = 0; i < Variables; i++)
        {
            means[i] = _means[i] + (other._means[i] - _means[i]) * (other.N / n);
            for (var j = 0; j < Variables; j++)
                covariance[i, j] = (_covariance[i, j] * (N - 1) + other._covariance[i, j] * (other.N - 1)
                    + (other._means[i] - _means[i]) * (other._means[j] - _means[j]) * N * (other.N / n)) / (n - 1);
        }
        return new JointMoments(N + other.N, means, covariance);
    }
}
