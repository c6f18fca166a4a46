using Assay.Statistics;

namespace Assay.Evaluation;

/// <summary>Cosine of the angle between two vectors: x·y / (|x||y|). Symmetric.</summary>
public static class Cosine
{
    /// <summary>In [−1, 1].</summary>
    /// <param name="x">One vector.</param>
    /// <param name="y">Another of the same length.</param>
    /// <returns>Not estimable when a vector has length 0 or holds a number that is not finite.</returns>
    /// <exception cref="ArgumentException">The vectors differ in length, or are empty.</exception>
    public static Estimated<double> Similarity(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        if (x.Length != y.Length || x.Length == 0) throw new ArgumentException($"the vectors have {x.Length} and {y.Length} numbers", nameof(y));
        double product = 0, xx = 0, yy = 0;
        for (var i = 0; i < x.Length; i++)
        {
            product += (double)x[i] * y[i];
            xx += (double)x[i] * x[i];
            yy += (double)y[i] * y[i];
        }
        if (!double.IsFinite(xx) || !double.IsFinite(yy)) return new NotEstimable("a vector holds a number that is not finite");
        if (xx == 0 || yy == 0) return new NotEstimable("a vector has length 0");
        return Math.Clamp(product / Math.Sqrt(xx) / Math.Sqrt(yy), -1, 1);
    }
}
