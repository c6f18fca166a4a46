namespace Assay.Statistics;

/// <summary>Central sums of squares and products from raw sums, with rounding told apart from contradiction.</summary>
internal static class SumsOfProducts
{
    // A sum of n rounded terms carries an error of some n·ε; below this share of Σx² a remainder is rounding, not spread.
    private const double Rounding = 1e-13;
    private const double Contradiction = 1e-9;

    public static double Squares(long n, double sum, double sumOfSquares)
    {
        var central = sumOfSquares - sum * (sum / n);
        if (central < -Contradiction * Math.Abs(sumOfSquares))
            throw new ArgumentException($"no data has n = {n}, sum = {sum} and sum of squares = {sumOfSquares}", nameof(sumOfSquares));
        return central <= Rounding * sumOfSquares ? 0 : central;
    }

    public static double Products(long n, double sumX, double sumY, double sumOfProducts) => sumOfProducts - sumX * (sumY / n);
}
