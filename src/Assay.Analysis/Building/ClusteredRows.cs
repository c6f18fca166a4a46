using Assay.Events;
using Assay.Statistics;

namespace Assay.Analysis;

/// <summary>The sensitivity row of a primary: its units gathered by a coarser id that was not randomised.</summary>
/// <remarks>
/// One user may have units in both arms. The difference is Σ over users of e_T/W_T − e_C/W_C with the user's residuals in each arm; users are
/// independent, so its variance is the sum of these squares: the covariance of the arms is in it.
/// </remarks>
internal static class ClusteredRows
{
    public const string Method = "cluster-robust";

    /// <param name="clusters">As read.</param>
    /// <param name="row">The headline's interval.</param>
    /// <param name="level">The level of the headline, and what it takes where it stands.</param>
    /// <param name="kind">What the headline promises.</param>
    /// <param name="alpha">The plan's.</param>
    public static ClusteredRow Of(CoarserClusters clusters, Interval? row, StageLevel level, IntervalKind kind, double alpha)
    {
        var empty = new ClusteredRow
        {
            By = clusters.Id,
            UnitsWithId = clusters.Units > 0 ? (double)clusters.UnitsWithId / clusters.Units : null,
            ControlClusters = clusters.ControlClusters,
            TreatmentClusters = clusters.TreatmentClusters,
            SharedClusters = clusters.SharedClusters,
            Method = Method,
            Status = RowStatus.NotEstimable,
        };
        if (clusters.NegativeClusters > 0) return empty with { Reason = $"the denominators of {Numbers.Count(clusters.NegativeClusters)} clusters are negative, so they cannot be weighed" };
        if (clusters.Clusters > int.MaxValue) return empty with { Reason = "there are too many clusters to count" };
        var result = ClusterRobust.Compare(Moments(clusters), level.Nominal);
        if (!result.IsEstimable) return empty with { Reason = result.Reason };
        var likeness = DesignEffect.FromSums(clusters.Units, (int)clusters.Clusters, clusters.SquaredSizes, clusters.BetweenSquares, clusters.TotalSquares, alpha);
        var robust = result.Value;
        Interval? interval = level.IsUnbounded ? null : robust.Interval;
        return empty with
        {
            Difference = robust.Difference,
            StandardError = robust.Cr2StandardError,
            DegreesOfFreedom = robust.DegreesOfFreedom,
            Interval = interval is { } i ? ReportInterval.Of(i.Low, i.High) : null,
            PValue = kind == IntervalKind.Fixed ? robust.PValue : null,
            DesignEffect = clusters.UnitVariance > 0 ? robust.Cr2StandardError * robust.Cr2StandardError / clusters.UnitVariance : null,
            IntraclassCorrelation = likeness.IsEstimable ? likeness.Value.IntraclassCorrelation : null,
            IntraclassInterval = likeness.IsEstimable ? ReportInterval.Of(likeness.Value.Interval.Low, likeness.Value.Interval.High) : null,
            Agrees = row is { } headline && interval is { } found ? SideOf(headline) == SideOf(found) : null,
            Status = RowStatus.Estimated,
        };
    }

    /// <summary>Where the two lead to different conclusions.</summary>
    public static IEnumerable<ReportWarning> Warnings(MetricRow row, string unit)
    {
        if (row is not { Clustered: { Agrees: false, Interval: { } interval } clustered }) yield break;
        var side = interval.Low > 0 || interval.High < 0 ? "excludes" : "holds";
        yield return new("cluster-sensitivity", $"{row.Metric} of '{row.Treatment.Variant}': with {Words.Plural(unit)} gathered by {clustered.By} the plausible range {side} no difference, while the row says otherwise; the row decides, for {Words.Plural(unit)} were randomised, but it is about these {Words.Plural(clustered.By)} only: another set of {Words.Plural(clustered.By)} may answer differently");
    }

    private static int SideOf(Interval interval) => interval.Low > 0 ? 1 : interval.High < 0 ? -1 : 0;

    private static ClusterMoments Moments(CoarserClusters c) => new()
    {
        Values = c.Units,
        Clusters = (int)c.Clusters,
        ControlClusters = (int)c.ControlClusters,
        TreatmentClusters = (int)c.TreatmentClusters,
        ControlWeight = c.ControlWeight,
        ControlMean = c.ControlMean,
        TreatmentWeight = c.TreatmentWeight,
        TreatmentMean = c.TreatmentMean,
        PlainSquares = c.PlainSquares,
        AdjustedSquares = c.AdjustedSquares,
        Trace = c.Trace,
        TraceOfSquares = c.TraceOfSquares,
        ControlLeverage = c.ControlLeverage,
        TreatmentLeverage = c.TreatmentLeverage,
        SharedLeverage = c.SharedLeverage,
    };
}
