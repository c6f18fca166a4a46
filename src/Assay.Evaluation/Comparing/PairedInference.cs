using Assay.Statistics;

namespace Assay.Evaluation;

/// <summary>Chooses the test: exact McNemar for single pass/fail values, the exact sign flip below 30 units, else the paired t test.</summary>
internal sealed record PairedInference(string Method, Interval? Interval, double? PValue, double? StandardError, string? Reason)
{
    /// <summary>From this many units the t test's error rate is what it says.</summary>
    public const int EnoughForT = 30;

    public static PairedInference Of(UnitSet set, WinRateEstimate? net, double alpha)
    {
        double[] differences = [.. set.Units.Select(u => u.Difference)];
        var moments = SampleMoments.FromValues(differences);
        double? error = moments.N >= 2 && moments.Variance > 0 ? Math.Sqrt(moments.Variance / moments.N) : null;
        // Signs of single outcomes carry all there is, so the interval may count outcomes through.
        var signs = set.IsSingle && differences.All(d => d is -1 or 0 or 1) && net is not null;
        if (set.IsBinary && set.IsSingle && signs)
        {
            // net counts better as a win; where less is better the difference has the other sign.
            var interval = set.HigherIsBetter ? net!.NetInterval : new Interval(-net!.NetInterval.High, -net.NetInterval.Low);
            return new("mcnemar-exact", interval, net.PValue.IsEstimable ? net.PValue.Value : null, error, net.PValue.Reason);
        }
        if (moments.N < EnoughForT)
        {
            var flip = SignFlip.Estimate(differences, alpha);
            if (!flip.IsEstimable) return new("sign-flip-exact", null, null, error, flip.Reason);
            Interval interval = signs && set.Kind == ComparisonKind.Pairwise ? net!.NetInterval : flip.Value.Interval;
            return Bounded(set, interval) is { } bounded
                ? new("sign-flip-exact", bounded, flip.Value.PValue, error, null)
                : new("sign-flip-exact", null, flip.Value.PValue, error, $"{moments.N} units are too few for an interval at this level");
        }
        var t = PairedT.FromDifferences(moments, alpha);
        return t.IsEstimable
            ? new("paired-t", Bounded(set, t.Value.Interval), t.Value.PValue, error, null)
            : new("paired-t", null, null, error, t.Reason);
    }

    // Shares differ by at most 1; what has no such bound and no finite interval has none.
    private static Interval? Bounded(UnitSet set, Interval interval)
    {
        if (set.IsBinary || set.Kind == ComparisonKind.Pairwise) return new Interval(Math.Max(-1, interval.Low), Math.Min(1, interval.High));
        return double.IsFinite(interval.Low) && double.IsFinite(interval.High) ? interval : null;
    }
}
