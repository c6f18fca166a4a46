using Assay.Statistics;

namespace Assay.Calibration;

/// <summary>Values that come in clusters.</summary>
internal static class ClusterCells
{
    public static IEnumerable<Cell> All()
    {
        yield return Cell.Of("clustered means, CR2 and Satterthwaite", "20 clusters an arm, 1 to 20 values each, correlation .2", Promise.Published, (ref RandomStream r) => Compare(ref r, 20, 20), 10, "known to be a little liberal at 20 clusters of unequal sizes");
        yield return Cell.Of("clustered means, CR2 and Satterthwaite", "50 clusters an arm, 1 to 20 values each, correlation .2", Promise.Asymptotic, (ref RandomStream r) => Compare(ref r, 50, 20), 20);
        yield return Cell.Of("clustered means, CR2 and Satterthwaite, per cluster", "50 clusters an arm, 1 to 20 values each, correlation .2", Promise.Asymptotic, (ref RandomStream r) => Compare(ref r, 50, 20, estimand: ClusterEstimand.PerCluster), 20);
        yield return Cell.Of("clustered rates, CR2 and Satterthwaite", "p = .05 on average, 100 clusters an arm, 1 to 20 values each", Promise.Asymptotic, (ref RandomStream r) => Compare(ref r, 100, 20, rare: true), 30);
        yield return Cell.Of("clustered means, requests randomised within users, CR2", "60 users, 1 to 20 requests each, correlation .2", Promise.Asymptotic, (ref RandomStream r) => Compare(ref r, 30, 20, within: true), 10);
        yield return Cell.Of("bootstrap of clusters, BCa", "20 clusters an arm, 1 to 20 values each, 1,000 resamples", Promise.Published, (ref RandomStream r) => Resampled(ref r, 20, 20), 50, PairedCells.BootstrapNote);
        yield return Cell.Of("clustered means, CR2 and Satterthwaite", "8 clusters an arm, 1 to 20 values each, correlation .2", Promise.Published, (ref RandomStream r) => Compare(ref r, 8, 20), 5, "below 10 clusters a permutation p stands beside it");
        yield return Cell.Of("the same values taken for independent (Welch): what it would cost", "20 clusters an arm, 1 to 20 values each, correlation .2", Promise.Published, (ref RandomStream r) => Naive(ref r, 20, 20), 10);
        yield return Cell.Of("permutation of clusters", "6 clusters an arm, all arrangements", Promise.Exact, (ref RandomStream r) => Permuted(ref r, 6, 20), 20);
    }

    private static (double[] Values, bool[] Treated, long[] Clusters) Draw(ref RandomStream random, int clusters, int largest, bool rare = false, bool within = false)
    {
        List<double> values = [];
        List<bool> treated = [];
        List<long> ids = [];
        for (var g = 0; g < 2 * clusters; g++)
        {
            var level = Math.Sqrt(0.2) * random.Normal();
            for (var i = random.Below(largest); i >= 0; i--)
            {
                // A latent normal above 1.645: rates of .05 that clusters share.
                var value = level + Math.Sqrt(0.8) * random.Normal();
                values.Add(!rare ? value : value > 1.6448536269514722 ? 1 : 0);
                treated.Add(within ? random.Below(2) == 1 : g >= clusters);
                ids.Add(g);
            }
        }
        return ([.. values], [.. treated], [.. ids]);
    }

    private static Outcome Compare(
        ref RandomStream random, int clusters, int largest, bool rare = false, bool within = false, ClusterEstimand estimand = ClusterEstimand.PerObservation)
    {
        var (values, treated, ids) = Draw(ref random, clusters, largest, rare, within);
        var result = ClusterRobust.Compare(values, treated, ids, 0.05, estimand);
        return result.IsEstimable ? new(result.Value.PValue <= 0.05, result.Value.Interval.Contains(0)) : new(false);
    }

    private static Outcome Resampled(ref RandomStream random, int clusters, int largest)
    {
        var (values, treated, ids) = Draw(ref random, clusters, largest);
        return Outcomes.Boot(Bootstrap.Clustered(values, treated, ids, 0.05, new((long)random.Next(), 1000, 1)));
    }

    private static Outcome Naive(ref RandomStream random, int clusters, int largest)
    {
        var (values, treated, _) = Draw(ref random, clusters, largest);
        var result = WelchT.Compare(SampleMoments.FromValues([.. values.Where((_, i) => !treated[i])]), SampleMoments.FromValues([.. values.Where((_, i) => treated[i])]), 0.05).Value;
        return new(result.PValue <= 0.05, result.Interval.Contains(0));
    }

    private static Outcome Permuted(ref RandomStream random, int clusters, int largest)
    {
        var (values, treated, ids) = Draw(ref random, clusters, largest);
        return new(PermutationTest.Clusters(values, treated, ids, new ResamplingOptions((long)random.Next(), 1000, 1)).Value.PValue <= 0.05);
    }
}
