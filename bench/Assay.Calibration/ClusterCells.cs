using Assay.Statistics;

namespace Assay.Calibration;

/// <summary>Values that come in clusters, and judges that err.</summary>
internal static class ClusterCells
{
    public static IEnumerable<Cell> All()
    {
        yield return MeanCells.Simple("clustered means, CR2 and Satterthwaite", "20 clusters an arm, 1 to 20 values each, correlation .2", Promise.Asymptotic, (ref RandomStream r) => Compare(ref r, 20, 20), 10);
        yield return MeanCells.Simple("clustered means, CR2 and Satterthwaite", "8 clusters an arm, 1 to 20 values each, correlation .2", Promise.Published, (ref RandomStream r) => Compare(ref r, 8, 20), 5);
        yield return MeanCells.Simple("the same values taken for independent (Welch): what it would cost", "20 clusters an arm, 1 to 20 values each, correlation .2", Promise.Published, (ref RandomStream r) => Naive(ref r, 20, 20), 10);
        yield return MeanCells.Simple("permutation of clusters", "6 clusters an arm, all arrangements", Promise.Exact, (ref RandomStream r) => Permuted(ref r, 6, 20), 20);
        yield return MeanCells.Simple("prediction-powered mean", "200 labels, 2,000 judged, judge right in .8", Promise.Asymptotic, (ref RandomStream r) => Judged(ref r), 20);
    }

    private static (double[] Values, bool[] Treated, long[] Clusters) Draw(ref RandomStream random, int clusters, int largest)
    {
        List<double> values = [];
        List<bool> treated = [];
        List<long> ids = [];
        for (var g = 0; g < 2 * clusters; g++)
        {
            var level = Math.Sqrt(0.2) * random.Normal();
            for (var i = random.Below(largest); i >= 0; i--)
            {
                values.Add(level + Math.Sqrt(0.8) * random.Normal());
                treated.Add(g >= clusters);
                ids.Add(g);
            }
        }
        return ([.. values], [.. treated], [.. ids]);
    }

    private static Outcome Compare(ref RandomStream random, int clusters, int largest)
    {
        var (values, treated, ids) = Draw(ref random, clusters, largest);
        var result = ClusterRobust.Compare(values, treated, ids, 0.05);
        return result.IsEstimable ? new(result.Value.PValue <= 0.05, result.Value.Interval.Contains(0)) : new(false);
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

    private static Outcome Judged(ref RandomStream random)
    {
        double[] human = new double[200], judge = new double[200], unlabelled = new double[2000];
        for (var i = 0; i < 2200; i++)
        {
            double truth = random.Uniform() < 0.6 ? 1 : 0, said = random.Uniform() < 0.8 ? truth : 1 - truth;
            if (i < 200) (human[i], judge[i]) = (truth, said);
            else unlabelled[i - 200] = said;
        }
        var result = PredictionPowered.Mean(new LabelledSample(human, judge, unlabelled), 0.05);
        return result.IsEstimable ? new(!result.Value.Interval.Contains(0.6), result.Value.Interval.Contains(0.6)) : new(false);
    }
}
