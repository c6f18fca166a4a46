using MathNet.Numerics;

namespace Assay.Statistics;

/// <summary>The integrals behind <see cref="Dunnett"/>; of what lies beyond, so that small chances keep their digits.</summary>
internal static class DunnettIntegral
{
    private const double Reach = 9, WidestStep = 0.1;

    /// <summary>P(any beyond) = ∫ φ(x) (1 − Π_k (1 − P(T_k beyond | x))) dx.</summary>
    public static double Normal(double bound, ReadOnlySpan<double> loadings, bool isTwoSided)
    {
        var step = WidestStep;
        foreach (var loading in loadings)
            if (loading > 0) step = Math.Min(step, Own(loading) / Dunnett.Bounded(loading) / 2);
        double sum = 0;
        for (var i = -(int)Math.Ceiling(Reach / step); i * step <= Reach; i++)
        {
            double x = i * step, inside = 0;
            foreach (var loading in loadings)
            {
                double shared = Dunnett.Bounded(loading), own = Own(loading), beyond = StandardNormal.UpperTail((bound - shared * x) / own);
                if (isTwoSided) beyond += StandardNormal.UpperTail((bound + shared * x) / own);
                // Rounding may take it a little above 1.
                inside += beyond < 1 ? NearOne.Log1p(-beyond) : -700;
            }
            sum += Math.Exp(-x * x / 2) * -NearOne.Expm1(inside);
        }
        return sum * step / Math.Sqrt(2 * Math.PI);
    }

    /// <summary>The same over the common error χ/√ν, on the scale of its logarithm, where the density vanishes fast at both ends.</summary>
    public static double Student(double bound, ReadOnlySpan<double> loadings, double degreesOfFreedom, bool isTwoSided)
    {
        var half = degreesOfFreedom / 2;
        double step = Math.Min(WidestStep, 0.25 / Math.Sqrt(2 * degreesOfFreedom)), logFront = Math.Log(2) + half * Math.Log(half) - SpecialFunctions.GammaLn(half);
        // Left e^(νy) remains, right e^(−ν e^(2y) / 2).
        double low = -Math.Min(40 / degreesOfFreedom + 8 / Math.Sqrt(degreesOfFreedom), 60 / degreesOfFreedom + 1), high = Math.Log(1 + Reach / Math.Sqrt(degreesOfFreedom));
        double sum = 0;
        for (var i = (int)Math.Floor(low / step); i * step <= high; i++)
        {
            double y = i * step, s = Math.Exp(y), weight = Math.Exp(logFront + degreesOfFreedom * y - half * s * s);
            if (weight > 0) sum += weight * Normal(bound * s, loadings, isTwoSided);
        }
        return sum * step;
    }

    private static double Own(double loading) => Math.Sqrt((1 - Dunnett.Bounded(loading)) * (1 + Dunnett.Bounded(loading)));
}
