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
        Arm control = new(totals.ControlN, totals.ControlSum), treatment = new(totals.TreatmentN, totals.TreatmentSum);
        if (control.Clusters < MinimumClusters || treatment.Clusters < MinimumClusters)
            return new NotEstimable($"each arm needs at least {MinimumClusters} clusters; there are {control.Clusters} and {treatment.Clusters}");

        double cr0 = 0, cr2 = 0, n = control.N + treatment.N;
        for (var g = 0; g < totals.Clusters; g++)
        {
            var plain = treatment.Residual(g) / treatment.N - control.Residual(g) / control.N;
            var adjusted = treatment.Adjustment(g) * treatment.Residual(g) / treatment.N - control.Adjustment(g) * control.Residual(g) / control.N;
            cr0 += plain * plain;
            cr2 += adjusted * adjusted;
        }
        double clusterCount = totals.Clusters, difference = treatment.Mean - control.Mean;
        // What is left of sums that cancel is rounding of the means, not spread between clusters.
        if (Math.Sqrt(cr2) <= 1e-13 * (Math.Abs(treatment.Mean) + Math.Abs(control.Mean)))
            return new NotEstimable("the clusters do not vary, so there is no error to judge the difference by");
        var cr1 = Math.Sqrt(cr0 * (clusterCount / (clusterCount - 1)) * ((n - 1) / (n - 2)));
        var degreesOfFreedom = Satterthwaite(control, treatment, totals.Clusters);
        if (!(degreesOfFreedom >= 4))
            return new NotEstimable(FormattableString.Invariant($"the clusters are so unequal that they are worth {degreesOfFreedom:F1} degrees of freedom; at least 4 are needed"));
        return TwoMeans.Conclude(difference, Math.Sqrt(cr2), degreesOfFreedom, alpha, alternative).Map(t => new ClusterComparison(
            estimand, t.Difference, cr1, t.StandardError, t.DegreesOfFreedom, t.Statistic, t.PValue, t.Interval,
            control.Clusters, treatment.Clusters, Math.Min(control.Clusters, treatment.Clusters) < PermutationBelow));
    }

    // (tr M)² / Σ M², where M_gh is the working model's covariance of the clusters' adjusted contributions:
    // M = diag(d) − Σ_arms q qᵀ / N, q = adjustment · n / N; so no G × G matrix is needed.
    private static double Satterthwaite(Arm control, Arm treatment, int clusters)
    {
        double trace = 0, squares = 0, cc = 0, tt = 0, ct = 0;
        for (var g = 0; g < clusters; g++)
        {
            double c = control.Adjustment(g) * control.Count(g) / control.N, t = treatment.Adjustment(g) * treatment.Count(g) / treatment.N;
            var own = (control.Count(g) > 0 ? c * c / control.Count(g) : 0) + (treatment.Count(g) > 0 ? t * t / treatment.Count(g) : 0);
            var leverage = c * c / control.N + t * t / treatment.N;
            trace += own - leverage;
            squares += own * own - 2 * own * leverage;
            cc += c * c;
            tt += t * t;
            ct += c * t;
        }
        squares += cc * cc / (control.N * control.N) + tt * tt / (treatment.N * treatment.N) + 2 * ct * ct / (control.N * treatment.N);
        return trace * trace / squares;
    }

    private sealed class Arm
    {
        private readonly double[] _n;
        private readonly double[] _sum;

        public Arm(double[] n, double[] sum)
        {
            (_n, _sum) = (n, sum);
            N = n.Sum();
            Mean = N > 0 ? sum.Sum() / N : 0;
            Clusters = n.Count(x => x > 0);
        }

        public double N { get; }

        public double Mean { get; }

        public int Clusters { get; }

        public double Count(int g) => _n[g];

        public double Residual(int g) => _sum[g] - _n[g] * Mean;

        public double Adjustment(int g) => 1 / Math.Sqrt(1 - _n[g] / N);
    }
}
