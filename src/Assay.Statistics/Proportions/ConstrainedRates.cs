namespace Assay.Statistics;

/// <summary>The likeliest pair of proportions under a hypothesis that ties them together.</summary>
/// <remarks>O. Miettinen, M. Nurminen, Statistics in Medicine 4 (1985) 213–226, doi:10.1002/sim.4780040211, appendices I and II.</remarks>
internal static class ConstrainedRates
{
    // A Newton step of this relative size leaves an error of its square.
    private const double Settled = 1e-9;

    /// <summary>Under treatment − control = difference, which lies in (−1, 1). Each arm has trials.</summary>
    public static (double Control, double Treatment) OfDifference(in Proportion control, in Proportion treatment, double difference)
    {
        if (difference == 0)
        {
            var pooled = (double)(control.Successes + treatment.Successes) / (control.Trials + treatment.Trials);
            return (pooled, pooled);
        }
        var p = ControlAt(control, treatment, difference);
        return (p, Math.Clamp(p + difference, 0, 1));
    }

    /// <summary>Under treatment = ratio × control, ratio positive. Each arm has trials.</summary>
    public static (double Control, double Treatment) OfRatio(in Proportion control, in Proportion treatment, double ratio)
    {
        double n = (double)control.Trials + treatment.Trials, successes = (double)control.Successes + treatment.Successes;
        var b = ((double)control.Successes + treatment.Trials) * ratio + treatment.Successes + control.Trials;
        // The smaller root of n·ratio·p² − b·p + successes, written so that nothing cancels.
        var p = Math.Min(1, 2 * successes / (b + Math.Sqrt(Math.Max(0, b * b - 4 * n * ratio * successes))));
        return (p, Math.Min(1, ratio * p));
    }

    // The log-likelihood in p_C along p_T = p_C + difference is concave: its slope has one zero, or its maximum lies at an end.
    private static double ControlAt(in Proportion control, in Proportion treatment, double difference)
    {
        double low = Math.Max(0, -difference), high = Math.Min(1, 1 - difference);
        if (!(Slope(control, low) + Slope(treatment, low + difference) > 0)) return low;
        if (Slope(control, high) + Slope(treatment, high + difference) >= 0) return high;
        var p = Closed(control, treatment, difference);
        if (!(p > low && p < high)) p = low + (high - low) / 2;
        // The closed form loses digits where rates are tiny; Newton's steps bring them back.
        for (var i = 0; i < 200; i++)
        {
            var slope = Slope(control, p) + Slope(treatment, p + difference);
            if (slope == 0) return p;
            if (slope > 0) low = p; else high = p;
            var next = p - slope / (Curvature(control, p) + Curvature(treatment, p + difference));
            if (!(next > low && next < high)) next = low + (high - low) / 2;
            var step = Math.Abs(next - p);
            p = next;
            if (step <= Settled * Math.Min(Math.Min(p, 1 - p), Math.Min(p + difference, 1 - p - difference)) || high - low <= 1e-16) break;
        }
        return p;
    }

    private static double Slope(in Proportion arm, double p)
    {
        double successes = arm.Successes, failures = arm.Trials - arm.Successes;
        return (successes == 0 ? 0 : successes / Math.Max(0, p)) - (failures == 0 ? 0 : failures / Math.Max(0, 1 - p));
    }

    private static double Curvature(in Proportion arm, double p)
    {
        double successes = arm.Successes, failures = arm.Trials - arm.Successes;
        return -(successes == 0 ? 0 : successes / (p * p)) - (failures == 0 ? 0 : failures / ((1 - p) * (1 - p)));
    }

    // The middle root of the cubic that the slope's numerator is.
    private static double Closed(in Proportion control, in Proportion treatment, double d)
    {
        double nc = control.Trials, nt = treatment.Trials, xc = control.Successes, x = xc + treatment.Successes, n = nc + nt;
        double l0 = xc * d * (1 - d), l1 = (nc * d - n - 2 * xc) * d + x, l2 = (nt + 2 * nc) * d - n - x, third = l2 / (3 * n);
        var q = third * third * third - l1 * l2 / (6 * n * n) + l0 / (2 * n);
        var size = Math.Sqrt(Math.Max(0, third * third - l1 / (3 * n)));
        if (size == 0) return -third;
        if (q < 0) size = -size;
        return 2 * size * Math.Cos((Math.PI + Math.Acos(Math.Clamp(q / (size * size * size), -1, 1))) / 3) - third;
    }
}
