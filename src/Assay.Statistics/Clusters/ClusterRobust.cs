namespace Assay.Statistics;

/// <summary>Difference of two means when values come in clusters (conversations, users, cases with repeats).</summary>
/// <remarks>The cluster is the coarsest unit that received one assignment. CR2: R. M. Bell, D. F. McCaffrey, Survey Methodology 28 (2002)
/// 169–181; J. E. Pustejovsky, E. Tipton, Journal of Business &amp; Economic Statistics 36 (2018) 672–683, doi:10.1080/07350015.2016.1247004.</remarks>
public static class ClusterRobust
{
    /// <summary>Fewer clusters than this in an arm carry no error.</summary>
    public const int MinimumClusters = 4;

    /// <summary>Below this many clusters in an arm a permutation p belongs beside the t test.</summary>
    public const int PermutationBelow = 10;

    /// <summary>Fewer degrees of freedom than this carry no error.</summary>
    public const int MinimumDegreesOfFreedom = 4;

    /// <summary>Compares the arms' means, treatment − control (ordinary least squares on the arm).</summary>
    /// <param name="values">Finite values, in any order.</param>
    /// <param name="treated">As many; true for the treatment.</param>
    /// <param name="clusters">As many ids; a cluster may have values in both arms (users under randomised requests), which is then accounted for.</param>
    /// <param name="alpha">Significance level, a probability in (0, 1).</param>
    /// <param name="estimand">Mean over values (the default) or over clusters.</param>
    /// <param name="alternative">Two-sided unless said otherwise.</param>
    /// <returns>The comparison; not estimable below 4 clusters in an arm, below 4 degrees of freedom, or without variance between clusters.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or a value is NaN or infinite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">alpha is outside (0, 1) or NaN, or the estimand is unknown.</exception>
    /// <remarks>Fixed horizon; O(n). With only an arm in the model the leverage matrix falls apart by arm, and the adjustment of a cluster with
    /// n of the arm's N values is the closed form (1 − n/N)^−½.</remarks>
    public static Estimated<ClusterComparison> Compare(
        ReadOnlySpan<double> values, ReadOnlySpan<bool> treated, ReadOnlySpan<long> clusters, double alpha,
        ClusterEstimand estimand = ClusterEstimand.PerObservation, Alternative alternative = Alternative.TwoSided)
    {
        Guard.Probability(alpha);
        if (estimand is not (ClusterEstimand.PerObservation or ClusterEstimand.PerCluster))
            throw new ArgumentOutOfRangeException(nameof(estimand), estimand, "unknown estimand");
        var totals = ClusterTotals.Of(values, treated, clusters);
        if (estimand == ClusterEstimand.PerCluster) totals = totals.PerCluster();
        int controls = totals.ControlN.Count(n => n > 0), treatments = totals.TreatmentN.Count(n => n > 0);
        if (TooFew(controls, treatments) is { } why) return why;
        return Compare(ClusterMoments.FromTotals(
            totals.ControlN, totals.ControlSum, totals.TreatmentN, totals.TreatmentSum,
            (long)Math.Round(totals.ControlN.Sum() + totals.TreatmentN.Sum())), alpha, estimand, alternative);
    }

    /// <summary>The same from sums over the clusters, and for any weights: with a ratio's denominators as weights the means are ratios of sums.</summary>
    /// <param name="moments">The two arms.</param>
    /// <param name="alpha">Significance level, a probability in (0, 1).</param>
    /// <param name="estimand">What to call the means; <see cref="ClusterEstimand.PerCluster"/> when each cluster has weight 1.</param>
    /// <param name="alternative">Two-sided unless said otherwise.</param>
    /// <returns>As of the values.</returns>
    /// <exception cref="ArgumentOutOfRangeException">alpha is outside (0, 1) or NaN.</exception>
    /// <remarks>The working model of CR2 and of the degrees of freedom: independent values of equal variance, a cluster's sum with a variance
    /// in proportion to its weight. The standard error does not depend on it when clusters are many.</remarks>
    public static Estimated<ClusterComparison> Compare(
        ClusterMoments moments, double alpha, ClusterEstimand estimand = ClusterEstimand.PerObservation, Alternative alternative = Alternative.TwoSided)
    {
        Guard.Probability(alpha);
        ArgumentNullException.ThrowIfNull(moments);
        if (TooFew(moments.ControlClusters, moments.TreatmentClusters) is { } why) return why;
        // What is left of sums that cancel is rounding of the means, not spread between clusters.
        if (Math.Sqrt(moments.AdjustedSquares) <= 1e-13 * (Math.Abs(moments.TreatmentMean) + Math.Abs(moments.ControlMean)))
            return new NotEstimable("the clusters do not vary, so there is no error to judge the difference by");
        double clusters = moments.Clusters, n = moments.Values;
        var cr1 = Math.Sqrt(moments.PlainSquares * (clusters / (clusters - 1)) * ((n - 1) / (n - 2)));
        var degreesOfFreedom = Satterthwaite(moments);
        if (!(degreesOfFreedom >= MinimumDegreesOfFreedom))
            return new NotEstimable(FormattableString.Invariant($"the clusters are so unequal that they are worth {degreesOfFreedom:F1} degrees of freedom; at least {MinimumDegreesOfFreedom} are needed"));
        return TwoMeans.Conclude(moments.TreatmentMean - moments.ControlMean, Math.Sqrt(moments.AdjustedSquares), degreesOfFreedom, alpha, alternative).Map(t => new ClusterComparison(
            estimand, t.Difference, cr1, t.StandardError, t.DegreesOfFreedom, t.Statistic, t.PValue, t.Interval,
            moments.ControlClusters, moments.TreatmentClusters, Math.Min(moments.ControlClusters, moments.TreatmentClusters) < PermutationBelow));
    }

    /// <summary>One arm by itself: the mean Σ sums / Σ weights with its CR2 error.</summary>
    /// <param name="weights">One per cluster, 0 or more: its number of values, or a ratio's denominator.</param>
    /// <param name="sums">As many, finite.</param>
    /// <param name="alpha">Level of the interval, a probability in (0, 1).</param>
    /// <returns>The mean; not estimable below 4 clusters with weight, below 1 degree of freedom, or without variance between clusters.</returns>
    /// <exception cref="ArgumentException">Lengths differ, a weight is negative, or a number is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">alpha is outside (0, 1) or NaN.</exception>
    public static Estimated<ClusterMean> Mean(ReadOnlySpan<double> weights, ReadOnlySpan<double> sums, double alpha)
    {
        Guard.Probability(alpha);
        Guard.SameLength(sums.Length, weights.Length, nameof(sums));
        double weight = 0, sum = 0;
        var clusters = 0;
        for (var g = 0; g < weights.Length; g++)
        {
            if (!(weights[g] >= 0) || !double.IsFinite(weights[g])) throw new ArgumentException($"weight {g} is {weights[g]}; it must be 0 or more", nameof(weights));
            if (!double.IsFinite(sums[g])) throw new ArgumentException($"sum {g} is {sums[g]}, not a finite number", nameof(sums));
            (weight, sum) = (weight + weights[g], sum + sums[g]);
            if (weights[g] > 0) clusters++;
        }
        if (clusters < MinimumClusters) return new NotEstimable($"at least {MinimumClusters} clusters are needed; there are {clusters}");
        double mean = sum / weight, squares = 0, trace = 0, traceOfSquares = 0, leverages = 0;
        for (var g = 0; g < weights.Length; g++)
        {
            double h = weights[g] / weight, k = 1 - h, residual = (sums[g] - weights[g] * mean) / weight;
            squares += residual * residual / k;
            double own = h / k / weight, leverage = h * own;
            trace += own - leverage;
            traceOfSquares += own * own - 2 * own * leverage;
            leverages += h * h / k;
        }
        if (Math.Sqrt(squares) <= 1e-13 * Math.Abs(mean)) return new NotEstimable("the clusters do not vary, so there is no error");
        var degreesOfFreedom = trace * trace / (traceOfSquares + leverages * leverages / (weight * weight));
        // An arm of 4 equal clusters has 3: it is the difference of two arms that needs 4.
        if (!(degreesOfFreedom >= 1)) return new NotEstimable(FormattableString.Invariant($"the clusters are so unequal that they are worth {degreesOfFreedom:F1} degrees of freedom"));
        return TwoMeans.Conclude(mean, Math.Sqrt(squares), degreesOfFreedom, alpha, Alternative.TwoSided)
            .Map(t => new ClusterMean(mean, t.StandardError, degreesOfFreedom, t.Interval, clusters));
    }

    private static NotEstimable? TooFew(int control, int treatment) => control >= MinimumClusters && treatment >= MinimumClusters ? null
        : new NotEstimable($"each arm needs at least {MinimumClusters} clusters; there are {control} and {treatment}");

    // (tr M)² / Σ M², where M_gh is the working model's covariance of the clusters' adjusted contributions:
    // M = diag(o) − Σ_arms q qᵀ / W, q = h / √(1 − h); so no G × G matrix is needed.
    private static double Satterthwaite(ClusterMoments m)
    {
        double c = m.ControlLeverage / m.ControlWeight, t = m.TreatmentLeverage / m.TreatmentWeight;
        var squares = m.TraceOfSquares + c * c + t * t + 2 * m.SharedLeverage * m.SharedLeverage / (m.ControlWeight * m.TreatmentWeight);
        return m.Trace * m.Trace / squares;
    }
}
