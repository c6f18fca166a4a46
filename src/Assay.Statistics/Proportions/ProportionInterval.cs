namespace Assay.Statistics;

/// <summary>Intervals of one proportion whose two tails are right each by itself, as a limit on one side asks for.</summary>
public static class ProportionInterval
{
    /// <summary>Below so many successes or failures the steps of a single count are too coarse for an approximation to keep each tail.</summary>
    public const int EnoughEvents = 200;

    /// <summary>By the skewness-corrected score, exact below <see cref="EnoughEvents"/> successes or failures.</summary>
    /// <param name="arm">Successes and trials; at least 1 trial.</param>
    /// <param name="alpha">Two-sided level, a probability in (0, 1): each end is a one-sided (1 − alpha / 2) bound.</param>
    /// <exception cref="ArgumentException">There are no trials.</exception>
    /// <exception cref="ArgumentOutOfRangeException">alpha is outside (0, 1) or NaN.</exception>
    public static Interval Of(Proportion arm, double alpha) =>
        Math.Min(arm.Successes, arm.Trials - arm.Successes) < EnoughEvents ? Exact(arm, alpha) : Corrected(arm, alpha);

    /// <summary>Wilson's score interval with the score corrected for its skewness.</summary>
    /// <param name="arm">Successes and trials; at least 1 trial.</param>
    /// <param name="alpha">Two-sided level, a probability in (0, 1).</param>
    /// <returns>Inside [0, 1]. With few events it is too short on the side of many: take <see cref="Exact"/> there.</returns>
    /// <exception cref="ArgumentException">There are no trials.</exception>
    /// <exception cref="ArgumentOutOfRangeException">alpha is outside (0, 1) or NaN.</exception>
    /// <remarks>P. J. Laud, Pharmaceutical Statistics 16 (2017) 334–348, doi:10.1002/pst.1813. For one proportion the equation is quadratic.</remarks>
    public static Interval Corrected(Proportion arm, double alpha)
    {
        var z = StandardNormal.Critical(alpha);
        if (arm.Trials == 0) throw new ArgumentException("there are no trials", nameof(arm));
        // (p̂ − c − p(1 − 2c))² = z² p(1 − p) / n, where c = (z² − 1) / 6n is what the skewness adds.
        double n = arm.Trials, square = z * z / n, c = (z * z - 1) / (6 * n), left = arm.Rate - c, slope = 1 - 2 * c;
        double a = slope * slope + square, half = left * slope + square / 2, root = Math.Sqrt(Math.Max(0, half * half - a * left * left));
        return new Interval(
            arm.Successes == 0 ? 0 : Math.Clamp(left * left / (half + root), 0, arm.Rate),
            arm.Successes == arm.Trials ? 1 : Math.Clamp((half + root) / a, arm.Rate, 1));
    }

    /// <summary>The exact interval of Clopper and Pearson: either end errs by at most alpha / 2, at any number of trials.</summary>
    /// <param name="arm">Successes and trials; at least 1 trial.</param>
    /// <param name="alpha">Two-sided level, a probability in (0, 1).</param>
    /// <exception cref="ArgumentException">There are no trials.</exception>
    /// <exception cref="ArgumentOutOfRangeException">alpha is outside (0, 1) or NaN.</exception>
    /// <remarks>C. J. Clopper, E. S. Pearson, Biometrika 26 (1934) 404–413, doi:10.1093/biomet/26.4.404.</remarks>
    public static Interval Exact(Proportion arm, double alpha)
    {
        Guard.Probability(alpha);
        if (arm.Trials == 0) throw new ArgumentException("there are no trials", nameof(arm));
        double successes = arm.Successes, failures = arm.Trials - arm.Successes;
        return new Interval(Lowest(successes, failures, alpha / 2), 1 - Lowest(failures, successes, alpha / 2));
    }

    // The rate at which so many successes or more have the chance of the tail: by Newton's steps on logarithms, where the chance is nearly a line.
    private static double Lowest(double successes, double failures, double tail)
    {
        if (successes == 0) return 0;
        var chance = new BetaPosterior(successes, failures + 1);
        double low = 0, high = 1, p = (successes + 0.5) / (successes + failures + 1);
        for (var i = 0; i < 200; i++)
        {
            var here = chance.Cdf(p);
            if (here < tail) low = p; else high = p;
            var next = here > 0 ? p * Math.Exp(-Math.Log(here / tail) * here / (p * chance.Density(p))) : double.NaN;
            if (!(next > low && next < high)) next = low + (high - low) / 2;
            if (Math.Abs(next - p) <= 1e-14 * p) return next;
            p = next;
        }
        return p;
    }
}
