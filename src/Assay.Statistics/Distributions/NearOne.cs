namespace Assay.Statistics;

/// <summary>log(1 + x) and e^x − 1 to the last digit at small x.</summary>
/// <remarks>Those of .NET are the naive formulas, and that of Math.NET 5.0.0 errs in the ninth digit of e^−.02 − 1.</remarks>
internal static class NearOne
{
    /// <summary>log(1 + x), x &gt; −1.</summary>
    public static double Log1p(double x)
    {
        // The rounding of 1 + x is the same above and below the fraction (W. Kahan).
        var sum = 1 + x;
        return sum == 1 ? x : double.IsInfinity(sum) ? Math.Log(sum) : Math.Log(sum) * (x / (sum - 1));
    }

    /// <summary>e^x − 1.</summary>
    public static double Expm1(double x) => Math.Abs(x) > 1 ? Math.Exp(x) - 1 : 2 * Math.Sinh(x / 2) * Math.Exp(x / 2);
}
