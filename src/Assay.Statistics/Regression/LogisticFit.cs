namespace Assay.Statistics;

/// <summary>A logistic regression with errors that know the clusters.</summary>
public sealed class LogisticFit
{
    private readonly double[,] _covariance;

    internal LogisticFit(double[] coefficients, double[,] covariance, int clusters, int rows)
    {
        (Coefficients, _covariance, Clusters, Rows) = (coefficients, covariance, clusters, rows);
        StandardErrors = [.. coefficients.Select((_, i) => Math.Sqrt(Math.Max(0, covariance[i, i])))];
    }

    /// <summary>Log odds per unit of each column.</summary>
    public IReadOnlyList<double> Coefficients { get; }

    /// <summary>Sandwich errors, rows of one cluster kept together, with the factor G/(G − 1).</summary>
    public IReadOnlyList<double> StandardErrors { get; }

    /// <summary>Number of clusters (rows, when none were named).</summary>
    public int Clusters { get; }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>The probability at one row.</summary>
    /// <param name="row">As many values as columns.</param>
    /// <exception cref="ArgumentException">The number of values differs.</exception>
    public double Predict(ReadOnlySpan<double> row) => LogisticRegression.Probability(LinearPredictor(row));

    /// <summary>Mean probability over rows, with the error that the coefficients give it (delta method).</summary>
    /// <param name="rows">At least one, each with as many values as columns.</param>
    /// <exception cref="ArgumentException">There are no rows, or one has another number of values.</exception>
    public (double Mean, double StandardError) PredictMean(IReadOnlyList<double[]> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Count == 0) throw new ArgumentException("there are no rows", nameof(rows));
        double mean = 0, variance = 0;
        var gradient = new double[Coefficients.Count];
        foreach (var row in rows)
        {
            var p = Predict(row);
            mean += p / rows.Count;
            for (var i = 0; i < gradient.Length; i++) gradient[i] += p * (1 - p) * row[i] / rows.Count;
        }
        for (var i = 0; i < gradient.Length; i++)
            for (var j = 0; j < gradient.Length; j++) variance += gradient[i] * gradient[j] * _covariance[i, j];
        return (mean, Math.Sqrt(Math.Max(0, variance)));
    }

    /// <summary>Test and interval of one coefficient, by t with clusters − columns degrees of freedom.</summary>
    /// <param name="column">From 0.</param>
    /// <param name="alpha">Level, a probability in (0, 1).</param>
    /// <returns>The comparison with 0; not estimable with no more clusters than columns, or when nothing varies about the fit.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such column, or alpha is outside (0, 1).</exception>
    public Estimated<MeanComparison> Coefficient(int column, double alpha)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(column);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(column, Coefficients.Count);
        Guard.Probability(alpha);
        if (Clusters <= Coefficients.Count) return new NotEstimable($"{Clusters} clusters do not carry an error of {Coefficients.Count} coefficients");
        return TwoMeans.Conclude(Coefficients[column], StandardErrors[column], Clusters - Coefficients.Count, alpha, Alternative.TwoSided);
    }

    private double LinearPredictor(ReadOnlySpan<double> row)
    {
        Guard.SameLength(row.Length, Coefficients.Count, nameof(row));
        double sum = 0;
        for (var i = 0; i < row.Length; i++) sum += Coefficients[i] * row[i];
        return sum;
    }
}
