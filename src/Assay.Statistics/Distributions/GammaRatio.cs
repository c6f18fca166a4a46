using MathNet.Numerics;

namespace Assay.Statistics;

/// <summary>Γ(a + ½) / Γ(a), without cancellation at large a.</summary>
internal static class GammaRatio
{
    public static double Half(double a)
    {
        // The asymptotic series is good to 1e-16 from 30 on; below, the recurrence Γ(a + 1) = aΓ(a) leads there.
        double factor = 1;
        if (a > 1e-3 && a < 30)
        {
            for (; a < 30; a++) factor *= a / (a + 0.5);
        }
        else if (a < 30)
        {
            return SpecialFunctions.Gamma(a + 0.5) / SpecialFunctions.Gamma(a);
        }
        var u = 1 / a;
        var series = 1 + u * (-1.0 / 8 + u * (1.0 / 128 + u * (5.0 / 1024 + u * (-21.0 / 32768
            + u * (-399.0 / 262144 + u * (869.0 / 4194304 + u * (39325.0 / 33554432)))))));
        return factor * Math.Sqrt(a) * series;
    }
}
