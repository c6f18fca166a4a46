using Assay.Statistics;

namespace Assay.Calibration;

/// <summary>Values that come in clusters.</summary>
internal static class ClusterCells
{
    private static readonly double Threshold = StandardNormal.Quantile(0.95);

    public static IEnumerable<Cell> All()
    {
        yield return Cell.Of("clustered means, CR2 and Satterthwaite", "20 clusters an arm, 1 to 20 values each, correlation .2", Promise.Published, (ref RandomStream r, double d) => Compare(ref r, 20, 20, d), 0.55, 10, "known to be a little liberal at 20 clusters of unequal sizes");
        yield return Cell.Of("clustered means, CR2 and Satterthwaite", "50 clusters an arm, 1 to 20 values each, correlation .2", Promise.Asymptotic, (ref RandomStream r, double d) => Compare(ref r, 50, 20, d), 0.33, 5);
        yield return Cell.Of("clustered means, CR2 and Satterthwaite, per cluster", "50 clusters an arm, 1 to 20 values each, correlation .2", Promise.Asymptotic, (ref RandomStream r, double d) => Compare(ref r, 50, 20, d, estimand: ClusterEstimand.PerCluster), 0.33, 5);
        yield return Cell.Of("clustered rates, CR2 and Satterthwaite", "p = .05 on average, 100 clusters an arm, 1 to 20 values each", Promise.Asymptotic, (ref RandomStream r, double d) => Compare(ref r, 100, 20, d, rare: true), 0.35, 10);
        yield return Cell.Of("clustered means, requests randomised within users, CR2", "60 users, 1 to 20 requests each, correlation .2", Promise.Asymptotic, (ref RandomStream r, double d) => Compare(ref r, 30, 20, d, within: true), 0.25, 10);
        yield return Cell.Of("bootstrap of clusters, BCa", "20 clusters an arm, 1 to 20 values each, 1,000 resamples", Promise.Published, (ref RandomStream r, double d) => Resampled(ref r, 20, 20, d), 0.55, 50, PairedCells.BootstrapNote);
        yield return Cell.Of("clustered means, CR2 and Satterthwaite", "8 clusters an arm, 1 to 20 values each, correlation .2", Promise.Published, (ref RandomStream r, double d) => Compare(ref r, 8, 20, d), 0.9, 5, "below 10 clusters a permutation p stands beside it");
        yield return Cell.Of("the same values taken for independent (Welch): what it would cost", "20 clusters an arm, 1 to 20 values each, correlation .2", Promise.Published, (ref RandomStream r) => Naive(ref r, 20, 20), 10);
        yield return Cell.Of("permutation of clusters", "6 clusters an arm, all arrangements", Promise.Exact, (ref RandomStream r, double d) => Permuted(ref r, 6, 20, d), 1.2, 5);
    }

    private static (double[] Values, bool[] Treated, long[] Clusters) Draw(ref RandomStream random, int clusters, int largest, double effect = 0, bool rare = false, bool within = false)
    {
        List<double> values = [];
        List<bool> treated = [];
        List<long> ids = [];
        for (var g = 0; g < 2 * clusters; g++)
        {
            var level = Math.Sqrt(0.2) * random.Normal();
            for (var i = random.Below(largest); i >= 0; i--)
            {
                var isTreated = within ? random.Below(2) == 1 : g >= clusters;
                // A latent normal above the threshold: rates of .05 that clusters share.
                var value = level + Math.Sqrt(0.8) * random.Normal() + (isTreated ? effect : 0);
                values.Add(!rare ? value : value > Threshold ? 1 : 0);
                treated.Add(isTreated);
                ids.Add(g);
            }
        }
        return ([.. values], [.. treated], [.. ids]);
    }

    private static Outcome Compare(
        ref RandomStream random, int clusters, int largest, double effect, bool rare = false, bool within = false, ClusterEstimand estimand = ClusterEstimand.PerObservation)
    {
        var (values, treated, ids) = Draw(ref random, clusters, largest, effect, rare, within);
        var truth = rare ? StandardNormal.UpperTail(Threshold - effect) - 0.05 : effect;
        var result = ClusterRobust.Compare(values, treated, ids, 0.05, estimand);
        return result.IsEstimable ? new(result.Value.PValue <= 0.05, result.Value.Interval.Contains(truth)) : new(false);
    }

    private static Outcome Resampled(ref RandomStream random, int clusters, int largest, double effect)
    {
        var (values, treated, ids) = Draw(ref random, clusters, largest, effect);
        return Outcomes.Boot(Bootstrap.Clustered(values, treated, ids, 0.05, new((long)random.Next(), 1000, 1)), effect);
    }

    private static Outcome Naive(ref RandomStream random, int clusters, int largest)
    {
        var (values, treated, _) = Draw(ref random, clusters, largest);
        var result = WelchT.Compare(SampleMoments.FromValues([.. values.Where((_, i) => !treated[i])]), SampleMoments.FromValues([.. values.Where((_, i) => treated[i])]), 0.05).Value;
        return new(result.PValue <= 0.05, result.Interval.Contains(0));
    }

    private static Outcome Permuted(ref RandomStream random, int clusters, int largest, double effect)
    {
        var (values, treated, ids) = Draw(ref random, clusters, largest, effect);
        return new(PermutationTest.Clusters(values, treated, ids, new ResamplingOptions((long)random.Next(), 1000, 1)).Value.PValue <= 0.05);
    }
}
