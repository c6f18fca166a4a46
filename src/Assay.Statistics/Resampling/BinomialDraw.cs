namespace Assay.Statistics;

/// <summary>Binomial random numbers: by inversion where few successes are expected, else by transformed rejection.</summary>
/// <remarks>W. Hörmann, Journal of Statistical Computation and Simulation 46 (1993) 101–110, doi:10.1080/00949659308811496, algorithm BTRS.</remarks>
internal static class BinomialDraw
{
    private const double InversionBelow = 10;

    public static long Next(ref RandomStream random, long trials, double probability)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(trials);
        if (!(probability is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(probability), probability, "must lie between 0 and 1");
        if (trials == 0 || probability == 0) return 0;
        if (probability > 0.5) return trials - Next(ref random, trials, 1 - probability);
        return trials * probability < InversionBelow ? Invert(ref random, trials, probability) : Reject(ref random, trials, probability);
    }

    // The terms of the distribution one after the other; (1 − p)ⁿ is at least 1e-9 here.
    private static long Invert(ref RandomStream random, long trials, double probability)
    {
        double odds = probability / (1 - probability), first = Math.Exp(trials * NearOne.Log1p(-probability));
        while (true)
        {
            double left = random.Uniform(), term = first;
            for (long k = 0; k <= trials; k++)
            {
                if (left < term) return k;
                left -= term;
                term *= odds * (trials - k) / (k + 1);
                // Rounding left a crumb beyond the last term that counts.
                if (term < 1e-30 && k > trials * probability) break;
            }
        }
    }

    private static long Reject(ref RandomStream random, long trials, double probability)
    {
        double n = trials, deviation = Math.Sqrt(n * probability * (1 - probability)), odds = probability / (1 - probability);
        double b = 1.15 + 2.53 * deviation, a = -0.0873 + 0.0248 * b + 0.01 * probability, centre = n * probability + 0.5;
        double inside = 0.92 - 4.2 / b, scale = (2.83 + 5.1 / b) * deviation, mode = Math.Floor((n + 1) * probability);
        while (true)
        {
            double u = random.Uniform() - 0.5, v = random.Uniform(), edge = 0.5 - Math.Abs(u);
            var k = Math.Floor((2 * a / edge + b) * u + centre);
            if (edge >= 0.07 && v <= inside) return (long)k;
            if (k < 0 || k > n) continue;
            // The logarithm of the probability of k relative to that of the mode, by Stirling's series.
            var log = (mode + 0.5) * Math.Log((mode + 1) / (odds * (n - mode + 1))) + (n + 1) * Math.Log((n - mode + 1) / (n - k + 1))
                + (k + 0.5) * Math.Log(odds * (n - k + 1) / (k + 1)) + Tail(mode) + Tail(n - mode) - Tail(k) - Tail(n - k);
            if (Math.Log(v * scale / (a / (edge * edge) + b)) <= log) return (long)k;
        }
    }

    // log k! − [(k + ½) log(k + 1) − (k + 1) + ½ log 2π].
    private static double Tail(double k)
    {
        double shift = 0;
        for (; k < 10; k++) shift += (k + 1.5) * NearOne.Log1p(1 / (k + 1)) - 1;
        double x = k + 1, u = 1 / (x * x);
        return shift + (1.0 / 12 + u * (-1.0 / 360 + u * (1.0 / 1260 - u / 1680))) / x;
    }
}
