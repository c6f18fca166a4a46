namespace Assay.Statistics;

/// <summary>The zero of an increasing function inside a bracket.</summary>
internal static class Root
{
    public static double OfIncreasing(Func<double, double> function, double low, double high)
    {
        // Bisection: each step is sure, and 60 of them are enough for every double.
        for (var i = 0; i < 200 && high - low > 1e-14 * high; i++)
        {
            var middle = low + (high - low) / 2;
            if (middle <= low || middle >= high) break;
            if (function(middle) < 0) low = middle; else high = middle;
        }
        return low + (high - low) / 2;
    }
}
