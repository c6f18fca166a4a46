using MathNet.Numerics;

namespace Assay.Calibration;

/// <summary>The binomial distribution, by its terms.</summary>
public static class Binomial
{
    /// <summary>The smallest k with P(X ≤ k) at least the level.</summary>
    public static int Quantile(int n, double p, double level)
    {
        double sum = 0;
        for (var k = 0; k < n; k++)
        {
            sum += Probability(n, p, k);
            if (sum >= level) return k;
        }
        return n;
    }

    public static double Probability(int n, double p, int k) => Math.Exp(
        SpecialFunctions.FactorialLn(n) - SpecialFunctions.FactorialLn(k) - SpecialFunctions.FactorialLn(n - k) + k * Math.Log(p) + (n - k) * Math.Log(1 - p));

    /// <summary>All that is likelier than 1e-15 or so.</summary>
    public static (int From, double[] Probabilities) Bulk(int n, double p)
    {
        var reach = (int)Math.Ceiling(9 * Math.Sqrt(n * p * (1 - p)) + 20);
        int from = Math.Max(0, (int)(n * p) - reach), to = Math.Min(n, (int)(n * p) + reach);
        return (from, [.. Enumerable.Range(from, to - from + 1).Select(k => Probability(n, p, k))]);
    }
}
