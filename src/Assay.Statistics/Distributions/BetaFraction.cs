namespace Assay.Statistics;

/// <summary>The continued fraction of the incomplete beta function, I_x(a, b) = x^a (1 − x)^b / (a B(a, b)) · fraction.</summary>
/// <remarks>NIST Digital Library of Mathematical Functions, 8.17.22; evaluated by Lentz's method. Converges fast for x &lt; (a + 1)/(a + b + 2).</remarks>
internal static class BetaFraction
{
    private const double Tiny = 1e-300;

    public static double Evaluate(double a, double b, double x)
    {
        double c = 1, d = Away(1 - (a + b) * x / (a + 1));
        d = 1 / d;
        var result = d;
        for (var m = 1; m < 100_000; m++)
        {
            var even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / Away(1 + even * d);
            c = Away(1 + even / c);
            result *= d * c;
            var odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / Away(1 + odd * d);
            c = Away(1 + odd / c);
            var change = d * c;
            result *= change;
            if (Math.Abs(change - 1) < 1e-16) break;
        }
        return result;
    }

    private static double Away(double value) => Math.Abs(value) < Tiny ? Tiny : value;
}
