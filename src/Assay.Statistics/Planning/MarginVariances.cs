namespace Assay.Statistics;

/// <summary>Variance of the difference of two proportions times the control's n: at the margin, as the score test takes it, and as it is.</summary>
/// <remarks>C. P. Farrington, G. Manning, Statistics in Medicine 9 (1990) 1447–1454, doi:10.1002/sim.4780091208, method 3.</remarks>
internal static class MarginVariances
{
    public static (double AtMargin, double Own) Of(double baseline, double effect, double margin, double ratio)
    {
        var treatment = baseline + effect;
        // The limit of the maximum-likelihood estimates along p_T = p_C + margin: the slope falls, so bisection finds its zero.
        double low = Math.Max(0, -margin), high = Math.Min(1, 1 - margin);
        for (var i = 0; i < 100 && high - low > 1e-15; i++)
        {
            var p = low + (high - low) / 2;
            if (Slope(baseline, p) + ratio * Slope(treatment, p + margin) > 0) low = p; else high = p;
        }
        double c = low + (high - low) / 2, t = Math.Clamp(c + margin, 0, 1);
        return (c * (1 - c) + t * (1 - t) / ratio, baseline * (1 - baseline) + treatment * (1 - treatment) / ratio);
    }

    private static double Slope(double share, double p) => (share == 0 ? 0 : share / p) - (share == 1 ? 0 : (1 - share) / (1 - p));
}
