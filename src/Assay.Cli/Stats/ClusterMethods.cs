using System.Text.Json.Nodes;
using Assay.Statistics;

namespace Assay.Cli.Stats;

internal static class ClusterMethods
{
    private static readonly string[] RobustKeys =
    [
        "difference", "cr1StandardError", "cr2StandardError", "satterthwaiteDf", "t", "cr2PValue", "low", "high", "controlClusters", "treatmentClusters",
    ];

    private static readonly string[] CorrelationKeys = ["intraclassCorrelation", "low", "high", "designEffect", "effectiveSampleSize", "values", "clusters"];
    private static readonly string[] RepeatKeys = ["k", "passHatK", "passHatKStandardError", "passHatKLow", "passHatKHigh", "passAtK", "passAtKStandardError", "passAtKLow", "passAtKHigh"];

    public static IEnumerable<StatsMethod> All =>
    [
        new("cluster-robust", "difference of two means of clustered values, CR2 errors; treatment is 0 or 1 (estimand: observation, cluster)",
            """{"value": [1, 2, 2, 3, 1, 4, 3, 5, 4, 6, 2, 5], "treatment": [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1], "cluster": [1, 1, 2, 3, 4, 5, 6, 6, 7, 8, 9, 10]}""",
            RunRobust),
        new("design-effect", "how alike values of one cluster are, and how many independent values they are worth",
            """{"values": [1, 2, 2, 3, 5, 4], "clusters": ["a", "a", "b", "b", "c", "c"]}""",
            input => StatsOutput.Of(DesignEffect.Estimate(input.Numbers("values"), input.Ids("clusters"), input.Alpha), CorrelationKeys, (output, r) => output
                .Add("intraclassCorrelation", r.IntraclassCorrelation).Add("low", "high", r.Interval).Add("designEffect", r.DesignEffect)
                .Add("effectiveSampleSize", r.EffectiveSampleSize).Add("values", r.Values).Add("clusters", r.Clusters))),
        new("pass-k", "pass^k (all of k tries succeed) and pass@k (any does) over cases tried several times",
            """{"successes": [4, 2, 0, 3], "tries": [4, 4, 4, 4], "k": 2}""", RunRepeats),
    ];

    private static JsonObject RunRobust(StatsInput input)
    {
        if (input.Has("controlClusters")) return RobustOfTotals(input);
        var treated = input.Counts("treatment");
        if (Array.FindIndex(treated, t => t > 1) is >= 0 and var bad) throw new UsageException($"treatment[{bad}]: must be 0 or 1");
        var estimand = input.TextOr("estimand", "observation", "observation", "cluster") == "cluster" ? ClusterEstimand.PerCluster : ClusterEstimand.PerObservation;
        var values = input.Numbers("value");
        bool[] arms = [.. treated.Select(t => t == 1)];
        var clusters = input.Ids("cluster");
        var alternative = MeanMethods.ReadAlternative(input);
        var result = ClusterRobust.Compare(values, arms, clusters, input.Alpha, estimand, alternative);
        return StatsOutput.Of(result, RobustKeys, (output, r) => Write(Permutation(output, r), r));

        // With few clusters the t test leans on normality, the permutation of whole clusters does not; users in both arms cannot be shuffled.
        StatsOutput Permutation(StatsOutput output, ClusterComparison r) =>
            r.NeedsPermutation && estimand == ClusterEstimand.PerObservation && clusters.Zip(arms).Distinct().Count() == clusters.Distinct().Count()
                ? output.Add("permutationPValue", PermutationTest.Clusters(values, arms, clusters, new ResamplingOptions(1), alternative).Map(p => p.PValue))
                : output;
    }

    /// <summary>Of each cluster's weight and sum, as a report's row holds them.</summary>
    private static JsonObject RobustOfTotals(StatsInput input)
    {
        var ((controlWeights, controlSums), (treatmentWeights, treatmentSums)) = (Totals("control"), Totals("treatment"));
        double[] none = new double[controlWeights.Length], other = new double[treatmentWeights.Length];
        var estimand = input.TextOr("estimand", "observation", "observation", "cluster") == "cluster" ? ClusterEstimand.PerCluster : ClusterEstimand.PerObservation;
        // The row's moments and errors follow from its clusters.
        foreach (var arm in new[] { "control", "treatment" })
            foreach (var part in new[] { "N", "Mean", "Variance", "Successes", "Total", "MeanNumerator", "MeanDenominator", "VarianceNumerator", "VarianceDenominator", "Covariance" })
                input.Ignore(arm + part);
        input.Ignore("cr1StandardError", "cr2StandardError", "degreesOfFreedom", "permutation");
        var clusters = ClusterMoments.FromTotals(
            [.. controlWeights, .. other], [.. controlSums, .. other], [.. none, .. treatmentWeights], [.. none, .. treatmentSums], none.Length + other.Length);
        return StatsOutput.Of(ClusterRobust.Compare(clusters, input.Alpha, estimand), RobustKeys, static (output, r) => Write(output, r));

        (double[] Weights, double[] Sums) Totals(string arm)
        {
            var part = input.Part(arm + "Clusters");
            double[] weights = part.Numbers("weights"), sums = part.Numbers("sums");
            if (weights.Length != sums.Length) throw new UsageException($"{arm}Clusters.sums: has {sums.Length} elements, but {arm}Clusters.weights has {weights.Length}");
            return Array.FindIndex(weights, w => w < 0) is >= 0 and var bad ? throw new UsageException($"{arm}Clusters.weights[{bad}]: must not be negative")
                : weights.Sum() > 0 ? (weights, sums) : throw new UsageException($"{arm}Clusters.weights: must not all be 0");
        }
    }

    private static StatsOutput Write(StatsOutput output, ClusterComparison r) => output
        .Add("difference", r.Difference).Add("cr1StandardError", r.Cr1StandardError).Add("cr2StandardError", r.Cr2StandardError)
        .Add("satterthwaiteDf", r.DegreesOfFreedom).Add("t", r.Statistic).Add("cr2PValue", r.PValue).Add("low", "high", r.Interval)
        .Add("controlClusters", r.ControlClusters).Add("treatmentClusters", r.TreatmentClusters);

    private static JsonObject RunRepeats(StatsInput input)
    {
        long[] successes = input.Counts("successes"), tries = input.Counts("tries");
        if (successes.Length != tries.Length) throw new UsageException($"tries: has {tries.Length} elements, but successes has {successes.Length}");
        Proportion[] cases = [.. successes.Zip(tries, (s, n) => s <= n ? new Proportion(s, n) : throw new UsageException($"successes: {s} of {n} is more than all"))];
        var k = (int)Math.Min(int.MaxValue, input.Count("k"));
        var (hat, at) = (Repeats.PassHatK(cases, k, input.Alpha), Repeats.PassAtK(cases, k, input.Alpha));
        return StatsOutput.Of(hat, RepeatKeys, (output, r) => output
            .Add("k", k).Add("passHatK", r.Estimate).Add("passHatKStandardError", r.StandardError)
            .Add("passHatKLow", r.Interval.Map(i => i.Low)).Add("passHatKHigh", r.Interval.Map(i => i.High))
            .Add("passAtK", at.Value.Estimate).Add("passAtKStandardError", at.Value.StandardError)
            .Add("passAtKLow", at.Value.Interval.Map(i => i.Low)).Add("passAtKHigh", at.Value.Interval.Map(i => i.High)));
    }
}
