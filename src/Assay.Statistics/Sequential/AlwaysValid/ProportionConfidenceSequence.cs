namespace Assay.Statistics;

/// <summary>An interval for one rate that is exact at any sample size and holds at all times at once.</summary>
public static class ProportionConfidenceSequence
{
    /// <summary>The rates p for which BetaBinomial(s, f; ½, ½) / (p^s (1 − p)^f) is below 1 / alpha.</summary>
    /// <param name="arm">Successes and trials so far; trials may follow any rule of allocation that looks only back.</param>
    /// <param name="alpha">Over all times and both sides; a probability in (0, 1).</param>
    /// <returns>Inside [0, 1]; the whole of it without trials.</returns>
    /// <exception cref="ArgumentOutOfRangeException">alpha is outside (0, 1) or NaN.</exception>
    /// <remarks>H. Robbins, Annals of Mathematical Statistics 41 (1970) 1397–1409, doi:10.1214/aoms/1177696786; ½ and ½ are Krichevsky's and Trofimov's.</remarks>
    public static Interval Of(Proportion arm, double alpha = 0.05)
    {
        Guard.Probability(alpha);
        return Of(arm.Successes, arm.Trials - arm.Successes, alpha);
    }

    // Fractions for rewards inside [0, 1]; below a billionth of one they are rounding.
    internal static Interval Of(double successes, double failures, double alpha) => new(
        Lowest(Math.Abs(successes) < 1e-9 ? 0 : successes, failures, alpha), 1 - Lowest(Math.Abs(failures) < 1e-9 ? 0 : failures, successes, alpha));

    // The mixture never beats the best rate, so at the observed one the ratio is at most 1, and below it falls towards it.
    private static double Lowest(double hits, double misses, double alpha)
    {
        if (hits == 0) return 0;
        var observed = Math.Log(hits / (hits + misses));
        return Math.Exp(Crossings.Root(
            x => DirichletMultinomial.LogBayesFactor([hits, misses], [Math.Exp(x), -NearOne.Expm1(x)], [0.5, 0.5]) + Math.Log(alpha),
            observed - 700, misses == 0 ? -1e-300 : observed));
    }
}
