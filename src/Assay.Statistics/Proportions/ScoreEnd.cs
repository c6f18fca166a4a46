namespace Assay.Statistics;

/// <summary>Finds where a score test stops rejecting: one end of its interval.</summary>
internal static class ScoreEnd
{
    /// <param name="control">With trials.</param>
    /// <param name="treatment">With trials.</param>
    /// <param name="side">−1 for the lower end, 1 for the upper.</param>
    /// <param name="critical">The |z| that rejects; 0 or more.</param>
    /// <param name="isCorrected">For skewness.</param>
    public static double Find(in Proportion control, in Proportion treatment, int side, double critical, bool isCorrected)
    {
        double estimate = treatment.Rate - control.Rate, error = RoughError(control, treatment);
        double inside = estimate, outside = side, last = estimate, lastGap = -critical;
        if (estimate == side) return side;
        // What the test says of no difference comes first: interval and test must never part there.
        if (side * estimate < 0 && Gap(control, treatment, 0, side, critical, isCorrected) is var atNone)
        {
            if (atNone < 0) inside = 0; else outside = 0;
            (last, lastGap) = (0, atNone);
        }
        var next = estimate + side * Math.Max(critical, 0.1) * error;
        for (var i = 0; i < 200; i++)
        {
            // Every sixth step halves, whatever the others achieve.
            if (!IsBetween(next, inside, outside) || i % 6 == 5) next = inside + (outside - inside) / 2;
            if (!IsBetween(next, inside, outside)) return inside;
            var gap = Gap(control, treatment, next, side, critical, isCorrected);
            if (gap < 0) inside = next; else outside = next;
            if (gap == 0 || Math.Abs(outside - inside) <= 1e-13 * error) return next;
            if (double.IsInfinity(gap))
            {
                next = double.NaN;
                continue;
            }
            var step = gap * (next - last) / (gap - lastGap);
            (last, lastGap) = (next, gap);
            if (Math.Abs(step) <= 1e-11 * error) return next;
            next -= step;
        }
        return inside;
    }

    private static bool IsBetween(double x, double a, double b) => a < b ? x > a && x < b : x > b && x < a;

    // Below 0 inside the interval. A difference that leaves no variance is impossible unless it is what was seen.
    private static double Gap(in Proportion control, in Proportion treatment, double difference, int side, double critical, bool isCorrected) =>
        DifferenceScore.At(control, treatment, difference, isCorrected) is { } z ? -side * z - critical : double.PositiveInfinity;

    private static double RoughError(in Proportion control, in Proportion treatment)
    {
        return Math.Sqrt(Of(control) + Of(treatment));

        static double Of(in Proportion arm)
        {
            var p = (arm.Successes + 1.0) / (arm.Trials + 2.0);
            return p * (1 - p) / arm.Trials;
        }
    }
}
