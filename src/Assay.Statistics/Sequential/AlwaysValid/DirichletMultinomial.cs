using MathNet.Numerics;

namespace Assay.Statistics;

/// <summary>How much better a Dirichlet mixture of shares explains counts than given shares do: a likelihood ratio that is 1 in mean at all times.</summary>
internal static class DirichletMultinomial
{
    /// <param name="counts">0 or more; fractions allowed.</param>
    /// <param name="shares">Positive; their sum is 1.</param>
    /// <param name="priors">Positive.</param>
    /// <returns>log [Γ(A)/Γ(A + N) Π Γ(a + n)/Γ(a) / Π w^n], without cancellation at counts of 10⁹.</returns>
    public static double LogBayesFactor(ReadOnlySpan<double> counts, ReadOnlySpan<double> shares, ReadOnlySpan<double> priors)
    {
        double prior = 0, total = 0;
        for (var i = 0; i < counts.Length; i++) (prior, total) = (prior + priors[i], total + counts[i] + priors[i]);
        // Stirling: the large parts join into total · KL(counts + priors ‖ shares), each term of which is 0 or more.
        var log = SpecialFunctions.GammaLn(prior) + 0.5 * Math.Log(total) - Remainder(total) + (counts.Length - 1) * Constants.LogSqrt2Pi;
        for (var i = 0; i < counts.Length; i++)
        {
            double x = counts[i] + priors[i], expected = total * shares[i], excess = (x - expected) / expected;
            log += expected * ((1 + excess) * NearOne.Log1p(excess) - excess)
                - 0.5 * Math.Log(x) + Remainder(x) + priors[i] * Math.Log(shares[i]) - SpecialFunctions.GammaLn(priors[i]);
        }
        return log;
    }

    // log Γ(x) − [(x − ½) log x − x + ½ log 2π].
    private static double Remainder(double x)
    {
        double sum = 0;
        for (; x < 15; x++) sum += (x + 0.5) * NearOne.Log1p(1 / x) - 1;
        var u = 1 / (x * x);
        return sum + (1.0 / 12 + u * (-1.0 / 360 + u * (1.0 / 1260 + u * (-1.0 / 1680 + u / 1188)))) / x;
    }
}
