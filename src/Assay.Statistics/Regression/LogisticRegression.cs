namespace Assay.Statistics;

/// <summary>Logistic regression of outcomes from 0 to 1 (a half is a tie), by maximum likelihood without a penalty.</summary>
/// <remarks>Outcomes between 0 and 1 enter as that share of a success: L. E. Papke, J. M. Wooldridge, Journal of Applied Econometrics 11
/// (1996) 619–632, doi:10.1002/(SICI)1099-1255(199611)11:6&lt;619::AID-JAE418&gt;3.0.CO;2-1; clustered errors: K.-Y. Liang, S. L. Zeger,
/// Biometrika 73 (1986) 13–22, doi:10.1093/biomet/73.1.13.</remarks>
public static class LogisticRegression
{
    // Odds of e^30 : 1 are the flat edge of a likelihood without a maximum.
    private const double Unbounded = 30;

    /// <summary>Fits the coefficients by Newton's method.</summary>
    /// <param name="rows">Finite values, a row per outcome; a constant is a column of ones. At least as many rows as columns.</param>
    /// <param name="outcomes">As many, in [0, 1].</param>
    /// <param name="clusters">As many ids: rows that are not independent share one; empty: each row by itself.</param>
    /// <param name="weights">As many, 0 or more; empty: all 1.</param>
    /// <returns>The fit; not estimable when the outcomes are separated, the columns do not tell all coefficients apart, or there are fewer
    /// than 2 clusters.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or a value is outside its range.</exception>
    public static Estimated<LogisticFit> Fit(
        IReadOnlyList<double[]> rows, ReadOnlySpan<double> outcomes, ReadOnlySpan<long> clusters = default, ReadOnlySpan<double> weights = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        Guard.SameLength(outcomes.Length, rows.Count, nameof(outcomes));
        if (clusters.Length > 0) Guard.SameLength(clusters.Length, rows.Count, nameof(clusters));
        if (weights.Length > 0) Guard.SameLength(weights.Length, rows.Count, nameof(weights));
        var size = rows.Count == 0 ? 0 : rows[0].Length;
        for (var i = 0; i < rows.Count; i++)
        {
            Guard.SameLength(rows[i].Length, size, nameof(rows));
            if (!rows[i].All(double.IsFinite)) throw new ArgumentException($"row {i} has a value that is not finite", nameof(rows));
            if (!(outcomes[i] is >= 0 and <= 1)) throw new ArgumentException($"outcome {i} is {outcomes[i]}, not from 0 to 1", nameof(outcomes));
            if (weights.Length > 0 && !(weights[i] >= 0 && double.IsFinite(weights[i]))) throw new ArgumentException($"weight {i} is {weights[i]}", nameof(weights));
        }
        if (size == 0 || rows.Count < size) return new NotEstimable($"{size} coefficients need at least as many outcomes; there are {rows.Count}");

        var coefficients = new double[size];
        var gradient = new double[size];
        var information = new double[size, size];
        var before = double.NegativeInfinity;
        for (var step = 0; ; step++)
        {
            Array.Clear(gradient);
            Array.Clear(information);
            double likelihood = 0, furthest = 0;
            for (var i = 0; i < rows.Count; i++)
            {
                double[] row = rows[i];
                double linear = 0, weight = weights.Length > 0 ? weights[i] : 1;
                for (var j = 0; j < size; j++) linear += coefficients[j] * row[j];
                if (weight > 0) furthest = Math.Max(furthest, Math.Abs(linear));
                var p = Probability(linear);
                likelihood += weight * (outcomes[i] * linear - SoftPlus(linear));
                for (var j = 0; j < size; j++)
                {
                    gradient[j] += weight * (outcomes[i] - p) * row[j];
                    for (var k = 0; k < size; k++) information[j, k] += weight * p * (1 - p) * row[j] * row[k];
                }
            }
            if (step > 100 || furthest > Unbounded) return new NotEstimable("a coefficient has no bound: the columns separate the outcomes");
            var (move, dropped) = CovarianceMatrix.Solve(information, gradient);
            if (dropped.Length > 0) return new NotEstimable("the columns do not tell all coefficients apart");
            if (Math.Abs(likelihood - before) <= 1e-13 * Math.Abs(likelihood) && move.Max(Math.Abs) < 1e-9 * (1 + coefficients.Max(Math.Abs))) break;
            before = likelihood;
            var scale = Math.Min(1, 4 / Math.Max(1e-300, move.Max(Math.Abs)));
            for (var j = 0; j < size; j++) coefficients[j] += scale * move[j];
        }
        return Concluded(rows, outcomes, clusters, weights, coefficients, information);
    }

    internal static double Probability(double linear) => linear >= 0 ? 1 / (1 + Math.Exp(-linear)) : Math.Exp(linear) / (1 + Math.Exp(linear));

    private static double SoftPlus(double x) => Math.Max(x, 0) + NearOne.Log1p(Math.Exp(-Math.Abs(x)));

    private static Estimated<LogisticFit> Concluded(
        IReadOnlyList<double[]> rows, ReadOnlySpan<double> outcomes, ReadOnlySpan<long> clusters, ReadOnlySpan<double> weights, double[] coefficients, double[,] information)
    {
        var size = coefficients.Length;
        var scores = new Dictionary<long, double[]>();
        for (var i = 0; i < rows.Count; i++)
        {
            double linear = 0, weight = weights.Length > 0 ? weights[i] : 1;
            for (var j = 0; j < size; j++) linear += coefficients[j] * rows[i][j];
            var cluster = clusters.Length > 0 ? clusters[i] : i;
            if (!scores.TryGetValue(cluster, out var score)) scores[cluster] = score = new double[size];
            for (var j = 0; j < size; j++) score[j] += weight * (outcomes[i] - Probability(linear)) * rows[i][j];
        }
        if (scores.Count < 2) return new NotEstimable("at least 2 clusters are needed");
        // The sandwich: each cluster's score moved by the inverse information is what leaving it out would do, to first order.
        var covariance = new double[size, size];
        var factor = scores.Count / (scores.Count - 1.0);
        foreach (var score in scores.Values)
        {
            var (move, _) = CovarianceMatrix.Solve((double[,])information.Clone(), score);
            for (var j = 0; j < size; j++)
                for (var k = 0; k < size; k++) covariance[j, k] += factor * move[j] * move[k];
        }
        return new LogisticFit(coefficients, covariance, scores.Count, rows.Count);
    }
}
