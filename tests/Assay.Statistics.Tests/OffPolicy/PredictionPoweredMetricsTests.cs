namespace Assay.Statistics.Tests.OffPolicyMethods;

/// <summary>Unit scores of prediction-powered inference are an ordinary metric: CUPED, clusters and registered looks take them and keep their level,
/// where the judge's own scores, which favour the treatment, do not.</summary>
[Trait("Kind", "calibration")]
public sealed class PredictionPoweredMetricsTests
{
    private const int Runs = 400;
    private const double Alpha = 0.05;

    [Fact]
    public void Cuped_UnitScoresOfEqualArms_KeepsItsLevelAndIsNarrower()
    {
        var random = new Random(20260901);
        int means = 0, ratios = 0, judged = 0, narrower = 0;
        for (var run = 0; run < Runs; run++)
        {
            Traffic control = Traffic.Draw(random, 300, 0, perCluster: 1), treatment = Traffic.Draw(random, 300, 0.1, perCluster: 1);
            UnitScores c = control.Scores(), t = treatment.Scores();
            var mean = Cuped.Means(JointMoments.FromColumns([.. c.Sums], [.. control.Past]), JointMoments.FromColumns([.. t.Sums], [.. treatment.Past]), Alpha).Value.Adjusted;
            var ratio = Cuped.Ratios(
                JointMoments.FromColumns([.. c.Sums], [.. c.Items], [.. control.Past]), JointMoments.FromColumns([.. t.Sums], [.. t.Items], [.. treatment.Past]), Alpha).Value.Adjusted;
            if (mean.PValue < Alpha) means++;
            if (ratio.PValue < Alpha) ratios++;
            if (ratio.StandardError < RatioMetric.Compare(c.ToRatioMoments(), t.ToRatioMoments(), Alpha).Value.StandardError) narrower++;
            if (RatioMetric.Compare(control.Judged(), treatment.Judged(), Alpha).Value.PValue.Value < Alpha) judged++;
        }
        Within(means, nameof(means));
        Within(ratios, nameof(ratios));
        Assert.True(narrower > 0.9 * Runs, $"{narrower}");
        Assert.True(judged > 0.8 * Runs, $"{judged}");
    }

    [Fact]
    public void ClusterRobust_UnitScoresGatheredByCluster_KeepsItsLevelWhereSingleUnitsDoNot()
    {
        var random = new Random(20260902);
        int gathered = 0, single = 0;
        for (var run = 0; run < Runs; run++)
        {
            // 20 users with 15 conversations each: λ is fitted by conversation, errors are those of users.
            Traffic control = Traffic.Draw(random, 300, 0, perCluster: 15), treatment = Traffic.Draw(random, 300, 0.1, perCluster: 15);
            UnitScores c = control.Scores(), t = treatment.Scores();
            var result = ClusterRobust.Compare(Moments(c, t, 15), Alpha).Value;
            if (result.PValue < Alpha) gathered++;
            if (ClusterRobust.Compare(Moments(c, t, 1), Alpha).Value.PValue < Alpha) single++;
        }
        Within(gathered, nameof(gathered));
        Assert.True(single > Bandits.Calibration.AtMost(Runs, Alpha), $"{single}");

        static ClusterMoments Moments(UnitScores control, UnitScores treatment, int perCluster)
        {
            double[] weights = [.. Sum(control.Items, perCluster)], others = [.. Sum(treatment.Items, perCluster)];
            double[] none = new double[weights.Length], other = new double[others.Length];
            return ClusterMoments.FromTotals(
                [.. weights, .. other], [.. Sum(control.Sums, perCluster), .. other], [.. none, .. others], [.. none, .. Sum(treatment.Sums, perCluster)], control.Units.Count + treatment.Units.Count);
        }

        static IEnumerable<double> Sum(IReadOnlyList<double> values, int perCluster) => values.Chunk(perCluster).Select(chunk => chunk.Sum());
    }

    [Fact]
    public void GroupSequential_UnitScoresAtFourLooks_KeepsItsLevelWhereUnadjustedLooksDoNot()
    {
        // Each look fits λ anew, cross-fitted at the first looks and not at the last; the scores of units seen before change a little.
        var random = new Random(20260903);
        double[] looks = [0.25, 0.5, 0.75, 1];
        var critical = GroupSequentialDesign.Pocock(looks, Alpha).CriticalValues;
        int crossed = 0, naive = 0, fitted = 0;
        for (var run = 0; run < Runs; run++)
        {
            Traffic control = Traffic.Draw(random, 800, 0, perCluster: 1), treatment = Traffic.Draw(random, 800, 0.1, perCluster: 1);
            double[] z = [.. looks.Select(look => Z(control.First((int)(800 * look)), treatment.First((int)(800 * look))))];
            if (z.Where((value, k) => value >= critical[k]).Any()) crossed++;
            if (z.Any(value => value >= 1.96)) naive++;
            if (control.First(200).Scores().Lambdas.Count > 1 && control.Scores().Lambdas.Count == 1) fitted++;
        }
        Within(crossed, nameof(crossed));
        Assert.True(naive > Bandits.Calibration.AtMost(Runs, Alpha), $"{naive}");
        Assert.Equal(Runs, fitted);

        // By t with the labels' degrees of freedom, put on the scale of z, as a report puts p-values to a boundary.
        static double Z(Traffic control, Traffic treatment) =>
            StandardNormal.Critical(Math.Clamp(PredictionPoweredTraffic.Compare(control.Items, treatment.Items, Alpha).Value.PValue, 1e-12, 1 - 1e-12));
    }

    private static void Within(int rejected, string what) =>
        Assert.True(rejected <= Bandits.Calibration.AtMost(Runs, Alpha), $"{what}: {rejected} of {Runs}");

    /// <summary>Units of one to three items; a judge who sees half of the truth, and more of it in the treatment's favour.</summary>
    private sealed record Traffic(LabelledTraffic Items, double[] Past)
    {
        public static Traffic Draw(Random random, int units, double bias, int perCluster)
        {
            var (scores, labels, probabilities, ids, past) = (new List<double>(), new List<double?>(), new List<double>(), new List<long>(), new double[units]);
            double rate = 0;
            for (var u = 0; u < units; u++)
            {
                if (u % perCluster == 0) rate = random.NextDouble() < 0.5 ? 0.15 : 0.75;
                past[u] = rate + 0.1 * random.NextDouble();
                var items = random.Next(1, 4);
                for (var i = 0; i < items; i++)
                {
                    var truth = random.NextDouble() < rate;
                    var probability = random.NextDouble() < 0.5 ? 0.2 : 0.4;
                    scores.Add(bias + (truth ? 0.7 : 0.2) + 0.2 * random.NextDouble());
                    labels.Add(random.NextDouble() < probability ? truth ? 1.0 : 0 : null);
                    probabilities.Add(probability);
                    ids.Add(u);
                }
            }
            return new(new(scores, labels, probabilities, ids), past);
        }

        public UnitScores Scores() => PredictionPoweredScores.Of(Items).Value;

        public RatioMoments Judged()
        {
            double[] sums = new double[Past.Length], counts = new double[Past.Length];
            for (var i = 0; i < Items.Units.Count; i++)
            {
                sums[Items.Units[i]] += Items.JudgeScores[i];
                counts[Items.Units[i]]++;
            }
            return RatioMoments.FromValues(sums, counts);
        }

        public Traffic First(int units)
        {
            var items = Items.Units.TakeWhile(u => u < units).Count();
            return new(new([.. Items.JudgeScores.Take(items)], [.. Items.HumanLabels.Take(items)], [.. Items.LabelProbabilities.Take(items)], [.. Items.Units.Take(items)]), Past[..units]);
        }
    }
}
