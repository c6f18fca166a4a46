namespace Assay.Statistics;

/// <summary>Turns a standardised score whose distribution leans to one side into a z with both tails right.</summary>
/// <remarks>J. J. Gart, J.-M. Nam, Biometrics 46 (1990) 637–643, doi:10.2307/2532084, after Cornish and Fisher: score = z + (z² − 1) · skewness / 6.</remarks>
internal static class SkewnessCorrection
{
    // The parabola turns back far out on the lighter side; before it does, it goes on as a line.
    private const double Flattest = 0.25;

    /// <param name="score">Deviation in standard errors.</param>
    /// <param name="skewness">Third central moment of the deviation over the cube of its standard error; finite.</param>
    /// <returns>z of the score's own sign, 0 where the correction would turn it; rises with the score; the score itself without skewness.</returns>
    public static double Of(double score, double skewness)
    {
        if (skewness == 0 || score == 0) return score;
        double a = skewness / 6, z, slope = 1 + 4 * a * (score + a);
        if (slope >= Flattest * Flattest) z = 2 * (score + a) / (1 + Math.Sqrt(slope));
        else
        {
            var from = (Flattest - 1) / (2 * a);
            z = from + (score - (from + a * (from * from - 1))) / Flattest;
        }
        return score > 0 ? Math.Max(0, z) : Math.Min(0, z);
    }
}
