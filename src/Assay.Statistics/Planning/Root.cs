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

    /// <summary>The n at which a power is reached. On the normal scale power is nearly a straight line in √n, so few steps of the secant lead there.</summary>
    /// <param name="powerAt">Increasing in n; in (0, 1).</param>
    /// <param name="power">The power wanted.</param>
    /// <param name="slope">Of that line, about.</param>
    /// <param name="start">Where to begin.</param>
    /// <param name="smallest">No n below it; returned, but for rounding, when it has the power already.</param>
    public static double OfPower(Func<double, double> powerAt, double power, double slope, double start, double smallest)
    {
        double wanted = StandardNormal.Quantile(power), low = Math.Sqrt(smallest), high = double.PositiveInfinity, x = Math.Sqrt(start);
        double before = double.NaN, missingBefore = double.NaN;
        for (var i = 0; i < 200 && high - low > 1e-14 * low; i++)
        {
            // A power that rounds to 1 is on the far side, however far.
            var missing = wanted - StandardNormal.Quantile(Math.Clamp(powerAt(x * x), 1e-300, 1 - 1e-16));
            if (missing > 0) low = Math.Max(low, x); else high = Math.Min(high, x);
            if (x != before && missing != missingBefore && !double.IsNaN(before)) slope = (missingBefore - missing) / (x - before);
            (before, missingBefore) = (x, missing);
            var next = slope > 0 ? x + missing / slope : double.NaN;
            if (Math.Abs(next - x) <= 1e-13 * x && next >= low * (1 - 1e-12)) return next * next;
            x = next > low && next < high ? next : double.IsInfinity(high) ? 2 * low : low + (high - low) / 2;
        }
        return x * x;
    }
}
