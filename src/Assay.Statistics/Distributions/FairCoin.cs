namespace Assay.Statistics;

/// <summary>The binomial distribution at p = ½.</summary>
internal static class FairCoin
{
    /// <summary>P(X ≤ k) in n tosses, for k at most n / 2: the largest term, and its shrinking predecessors.</summary>
    public static double LowerTail(long k, long n)
    {
        double sum = 1, term = 1;
        for (var i = k; i > 0 && term > 1e-18 * sum; i--)
        {
            term *= (double)i / (n - i + 1);
            sum += term;
        }
        return sum * Math.Exp(LogProbability(k, n));
    }

    // C. Loader's saddle-point form: no difference of large log-factorials, so millions of tosses keep their digits.
    private static double LogProbability(long k, long n)
    {
        if (k == 0 || k == n) return -n * Math.Log(2);
        double x = k, m = n, half = m / 2;
        return StirlingError(n) - StirlingError(k) - StirlingError(n - k) - Deviance(x, half) - Deviance(m - x, half)
            + 0.5 * Math.Log(m / (2 * Math.PI * x * (m - x)));
    }

    // log n! minus Stirling's formula.
    private static double StirlingError(long n)
    {
        if (n < 16)
        {
            double logFactorial = 0;
            for (var i = 2; i <= n; i++) logFactorial += Math.Log(i);
            return logFactorial - (n + 0.5) * Math.Log(n) + n - 0.5 * Math.Log(2 * Math.PI);
        }
        double u = 1.0 / n, square = u * u;
        return u * (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260 - square * (1.0 / 1680 - square * (1.0 / 1188)))));
    }

    // x log(x / mean) + mean − x, by its series where the two are close.
    private static double Deviance(double x, double mean)
    {
        var gap = x - mean;
        if (Math.Abs(gap) >= 0.1 * (x + mean)) return x * Math.Log(x / mean) - gap;
        var v = gap / (x + mean);
        double sum = gap * v, power = 2 * x * v;
        for (var j = 1; ; j++)
        {
            power *= v * v;
            var next = sum + power / (2 * j + 1);
            if (next == sum) return next;
            sum = next;
        }
    }
}
