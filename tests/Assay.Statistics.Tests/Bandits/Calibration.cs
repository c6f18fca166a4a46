namespace Assay.Statistics.Tests.Bandits;

/// <summary>The bound that error rates are held to.</summary>
internal static class Calibration
{
    /// <summary>The 1 − 1e-4 quantile of a binomial count.</summary>
    public static int AtMost(int runs, double probability)
    {
        double term = Math.Exp(runs * Math.Log(1 - probability)), sum = term;
        var k = 0;
        while (sum < 1 - 1e-4)
        {
            k++;
            term *= (runs - k + 1.0) / k * probability / (1 - probability);
            sum += term;
        }
        return k;
    }
}
