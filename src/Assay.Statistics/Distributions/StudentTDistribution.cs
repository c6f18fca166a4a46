namespace Assay.Statistics;

/// <summary>Student's t distribution with real degrees of freedom, accurate in the tails and at millions of degrees of freedom.</summary>
internal static class StudentTDistribution
{
    // From here on the continued fraction loses digits (1 − x is of the order t²/ν) and the normalising series has them all.
    private const double NearlyNormal = 5000;

    // One minus the central part keeps its digits while the tails hold a hundredth or more.
    private const double SeriesBelow = 2.5;

    /// <summary>P(T &gt; t).</summary>
    public static double UpperTail(double t, double degreesOfFreedom)
    {
        if (t < 0) return 1 - UpperTail(-t, degreesOfFreedom);
        if (double.IsPositiveInfinity(t)) return 0;
        if (t > 1e150) return degreesOfFreedom < NearlyNormal ? FarTail(t, degreesOfFreedom) : 0;
        return degreesOfFreedom < NearlyNormal ? 0.5 * TwoTails(t, degreesOfFreedom) : StandardNormal.UpperTail(Normalised(t, degreesOfFreedom));
    }

    // Where t² leaves the double range: the first term, which is all there is.
    private static double FarTail(double t, double degreesOfFreedom)
    {
        var a = degreesOfFreedom / 2;
        return 0.5 * Math.Exp(-a * (2 * Math.Log(t) - Math.Log(degreesOfFreedom))) * GammaRatio.Half(a) / Math.Sqrt(Math.PI) / a;
    }

    /// <summary>The t with P(T &gt; t) = <paramref name="tail"/>.</summary>
    public static double UpperQuantile(double tail, double degreesOfFreedom)
    {
        Guard.Probability(tail);
        if (tail == 0.5) return 0;
        if (tail > 0.5) return -UpperQuantile(1 - tail, degreesOfFreedom);
        double low = 0, high = double.PositiveInfinity, t = Start(-StandardNormal.Quantile(tail), degreesOfFreedom);
        // Newton's step on the log of the tail, which is nearly straight; bisection where it would leave the bracket.
        for (var i = 0; i < 200; i++)
        {
            var p = UpperTail(t, degreesOfFreedom);
            if (p > tail) low = t; else high = t;
            var step = Math.Log(p / tail) * p / Density(t, degreesOfFreedom);
            // The error after a step is of the order of the step's square.
            if (Math.Abs(step) <= 1e-9 * t) return t + step;
            var next = t + step;
            if (!(next > low && next < high)) next = double.IsInfinity(high) ? 2 * t : low + (high - low) / 2;
            t = next;
        }
        return t;
    }

    // Close at many degrees of freedom, any positive number at few: M. Abramowitz, I. A. Stegun, Handbook of Mathematical Functions (1964), 26.7.5.
    private static double Start(double z, double degreesOfFreedom)
    {
        if (degreesOfFreedom < 3) return Math.Max(1, z);
        double s = z * z, n = 1 / degreesOfFreedom;
        double first = z * (s + 1) / 4, second = z * ((5 * s + 16) * s + 3) / 96, third = z * (((3 * s + 19) * s + 17) * s - 15) / 384;
        var fourth = z * ((((79 * s + 776) * s + 1482) * s - 1920) * s - 945) / 92160;
        return z + n * (first + n * (second + n * (third + n * fourth)));
    }

    public static double Density(double t, double degreesOfFreedom) =>
        GammaRatio.Half(degreesOfFreedom / 2) / Math.Sqrt(degreesOfFreedom * Math.PI)
        * Math.Exp(-(degreesOfFreedom + 1) / 2 * LogOnePlus(t * t / degreesOfFreedom));

    // P(|T| > t) = I_x(ν/2, 1/2) with x = ν / (ν + t²).
    private static double TwoTails(double t, double degreesOfFreedom)
    {
        double a = degreesOfFreedom / 2, ratio = t * t / degreesOfFreedom;
        double x = 1 / (1 + ratio), y = ratio / (1 + ratio);
        if (t == 0) return 1;
        // x^a (1 − x)^½ / B(a, ½), without the difference of two large log-gammas.
        var front = Math.Exp(-a * LogOnePlus(ratio)) * Math.Sqrt(y) * GammaRatio.Half(a) / Math.Sqrt(Math.PI);
        if (t < SeriesBelow && a > 5) return 1 - front * Series(a, y);
        return x < (a + 1) / (a + 2.5)
            ? Math.Min(1, front * BetaFraction.Evaluate(a, 0.5, x) / a)
            : Math.Max(0, 1 - front * BetaFraction.Evaluate(0.5, a, y) / 0.5);
    }

    // I_y(½, a) / front: positive terms, some forty at t = 2 whatever the degrees of freedom (NIST Digital Library of Mathematical Functions, 8.17.8).
    private static double Series(double a, double y)
    {
        double sum = 2, term = 2;
        for (var n = 0; n < 10_000; n++)
        {
            term *= y * (a + 0.5 + n) / (1.5 + n);
            sum += term;
            if (term < 1e-17 * sum) break;
        }
        return sum;
    }

    // The normal deviate with the same tail: G. W. Hill, algorithm 395, Communications of the ACM 13 (1970) 617–619.
    private static double Normalised(double t, double degreesOfFreedom)
    {
        var a = degreesOfFreedom - 0.5;
        double b = 48 * a * a, y = a * LogOnePlus(t * t / degreesOfFreedom);
        var correction = (((-0.4 * y - 3.3) * y - 24) * y - 85.5) / (0.8 * y * y + 100 + b);
        return Math.Sqrt(y) * (1 + (correction + y + 3) / b);
    }

    // .NET has no log1p; this form keeps its digits for small x.
    private static double LogOnePlus(double x)
    {
        var sum = 1 + x;
        return sum == 1 ? x : Math.Log(sum) * (x / (sum - 1));
    }
}
