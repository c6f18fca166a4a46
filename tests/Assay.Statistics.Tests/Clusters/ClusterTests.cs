using Assay.Statistics.Tests.Reference;
using Assay.Testing;

namespace Assay.Statistics.Tests.Clusters;

public sealed class ClusterTests
{
    [Fact]
    [Trait("Kind", "reference")]
    public void ClusterRobust_ClubSandwichCases_Agree()
    {
        foreach (var c in Oracle.Cases("cluster-robust"))
        {
            var result = ClusterRobust.Compare(c.Input.Numbers("value"), [.. c.Input.Counts("treatment").Select(t => t == 1)], c.Input.Counts("cluster"), 0.05).Value;
            c.Check("difference", result.Difference);
            c.Check("cr1StandardError", result.Cr1StandardError);
            c.Check("cr2StandardError", result.Cr2StandardError);
            c.Check("satterthwaiteDf", result.DegreesOfFreedom);
            c.Check("cr2PValue", result.PValue);
        }
    }

    [Fact]
    public void ClusterRobust_OneValuePerCluster_HasWelchsError()
    {
        // With singletons CR2 is Welch's error; only the degrees of freedom follow the working model.
        double[] control = [1, 4, 2, 8, 5, 7], treatment = [3, 9, 4, 11, 6];
        var result = ClusterRobust.Compare([.. control, .. treatment], [.. control.Select(_ => false), .. treatment.Select(_ => true)], [.. Enumerable.Range(0, 11).Select(i => (long)i)], 0.05).Value;
        var welch = WelchT.Compare(SampleMoments.FromValues(control), SampleMoments.FromValues(treatment), 0.05).Value;
        Oracle.Near(welch.StandardError, result.Cr2StandardError, 1e-12);
        Oracle.Near(welch.Difference, result.Difference, 1e-12);
    }

    [Fact]
    public void ClusterMoments_Singles_AreThoseOfTheirValues()
    {
        double[] control = [1, 4, 2, 8, 5, 7], treatment = [3, 9, 4, 11, 6];
        var whole = ClusterMoments.FromTotals([1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0], [.. control, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1], [0, 0, 0, 0, 0, 0, .. treatment], 11);
        var singles = ClusterMoments.FromSingles(SampleMoments.FromValues(control), SampleMoments.FromValues(treatment));
        ClusterComparison a = ClusterRobust.Compare(whole, 0.05).Value, b = ClusterRobust.Compare(singles, 0.05).Value;
        Oracle.Near(a.Cr1StandardError, b.Cr1StandardError, 1e-12);
        Oracle.Near(a.Cr2StandardError, b.Cr2StandardError, 1e-12);
        Oracle.Near(a.DegreesOfFreedom, b.DegreesOfFreedom, 1e-12);
        // Welch's formula with equal variances: (1/6 + 1/5)² / (1/(36·5) + 1/(25·4)).
        Oracle.Near(Math.Pow(1 / 6.0 + 1 / 5.0, 2) / (1 / 180.0 + 1 / 100.0), a.DegreesOfFreedom, 1e-12);
        Assert.Throws<ArgumentException>(() => ClusterMoments.FromTotals([1, -1], [1, 1], [1, 1], [1, 1], 4));
        Assert.Throws<ArgumentException>(() => ClusterMoments.FromTotals([0, 0], [1, 1], [1, 1], [1, 1], 4));
        Assert.Throws<ArgumentException>(() => ClusterMoments.FromTotals([1, 1], [1, double.NaN], [1, 1], [1, 1], 4));
    }

    [Fact]
    public void ClusterRobust_OneArm_IsItsPartOfTheDifference()
    {
        double[] weights = [3, 1, 7, 2, 5, 4], sums = [4, 2, 3, 9, 1, 5], other = [1, 1, 1, 1, 1, 1];
        var mean = ClusterRobust.Mean(weights, sums, 0.05).Value;
        // Against an arm that hardly varies the difference has the error of the one that does.
        double[] none = new double[6];
        var against = ClusterRobust.Compare(ClusterMoments.FromTotals([.. none, .. other], [.. none, 1, 1, 1, 1, 1, 1 + 1e-9], [.. weights, .. none], [.. sums, .. none], 28), 0.05).Value;
        Oracle.Near(against.Cr2StandardError, mean.StandardError, 1e-9);
        Oracle.Near(24.0 / 22, mean.Mean, 1e-12);
        Assert.InRange(mean.DegreesOfFreedom, 3, 5);
        Oracle.Near(5, ClusterRobust.Mean(other, sums, 0.05).Value.DegreesOfFreedom, 1e-12);
        Assert.Contains("at least 4", ClusterRobust.Mean([1, 1, 1], [1, 2, 3], 0.05).Reason, StringComparison.Ordinal);
        Assert.Contains("vary", ClusterRobust.Mean(other, other, 0.05).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void DesignEffect_FromSums_IsThatOfTheValues()
    {
        double[] values = [1, 3, 2, 5, 4, 2, 8, 6, 7];
        long[] clusters = [1, 1, 2, 2, 2, 3, 4, 4, 4];
        var mean = values.Average();
        var groups = clusters.Zip(values, (c, v) => (c, v - mean)).GroupBy(x => x.c).ToArray();
        var whole = DesignEffect.Estimate(values, clusters, 0.05).Value;
        var sums = DesignEffect.FromSums(9, 4, groups.Sum(g => Math.Pow(g.Count(), 2)), groups.Sum(g => Math.Pow(g.Sum(x => x.Item2), 2) / g.Count()), values.Sum(v => (v - mean) * (v - mean)), 0.05).Value;
        Oracle.Near(whole.IntraclassCorrelation, sums.IntraclassCorrelation, 1e-12);
        Oracle.Near(whole.DesignEffect, sums.DesignEffect, 1e-12);
        Oracle.Near(whole.Interval.High, sums.Interval.High, 1e-9);
        Assert.Contains("equal", DesignEffect.FromSums(9, 4, 23, 0, 0, 0.05).Reason, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => DesignEffect.FromSums(9, 4, -1, 1, 1, 0.05));
    }

    [Fact]
    public void Permutation_Totals_AreThoseOfTheClusters()
    {
        double[] values = [1, 3, 2, 5, 4, 2, 8, 6, 7];
        bool[] treated = [false, false, false, false, false, true, true, true, true];
        long[] clusters = [1, 1, 2, 2, 3, 4, 5, 5, 6];
        var options = new ResamplingOptions(1);
        var totals = PermutationTest.Totals([2, 2, 1], [4, 7, 4], [1, 2, 1], [2, 14, 7], options).Value;
        Assert.Equal(PermutationTest.Clusters(values, treated, clusters, options).Value, totals);
        // Half of the arrangements leave an arm of two clusters without weight: no difference there, so they count as extreme.
        var empty = PermutationTest.Totals([1, 0], [1, 0], [1, 0], [1, 1], options).Value;
        Assert.Equal(6, empty.Arrangements);
        Assert.InRange(empty.PValue, 2 / 6.0, 1);
        Assert.Contains("no weight", PermutationTest.Totals([0, 0], [1, 0], [1, 0], [1, 1], options).Reason, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => PermutationTest.Totals([-1], [1], [1], [1], options));
    }

    [Fact]
    public void ClusterRobust_PerCluster_CountsLargeClustersOnce()
    {
        // Sizes 1, 1, 1, 1, 4 at values 0, 1, 2, 3, 10 against 0, 0, 0, 1, 1.
        double[] values = [0, 1, 2, 3, 10, 10, 10, 10, 0, 0, 0, 1, 1];
        bool[] treated = [false, false, false, false, false, false, false, false, true, true, true, true, true];
        long[] clusters = [1, 2, 3, 4, 5, 5, 5, 5, 6, 7, 8, 9, 10];
        Oracle.Near(0.4 - 16.0 / 5, ClusterRobust.Compare(values, treated, clusters, 0.05, ClusterEstimand.PerCluster).Value.Difference, 1e-12);
        Oracle.Near(0.4 - 46.0 / 8, ClusterRobust.Compare(values, treated, clusters, 0.05).Value.Difference, 1e-12);
    }

    [Fact]
    public void ClusterRobust_OneHugeClusterInEachArm_IsNotWorthTheDegreesOfFreedom()
    {
        // 3 clusters of one value and one of forty, twice.
        double[] values = [.. Enumerable.Range(0, 86).Select(i => i % 7.0)];
        long[] clusters = [.. Enumerable.Range(0, 86).Select(i => i % 43 < 3 ? i : 100L + i / 43)];
        Assert.Contains("degrees of freedom", ClusterRobust.Compare(values, [.. Enumerable.Range(0, 86).Select(i => i >= 43)], clusters, 0.05).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void ClusterRobust_UsersInBothArms_UsesTheirLikeness()
    {
        // Each user has a level of their own; requests are randomised. Ignoring that, every value a cluster, errors are far larger.
        var random = new Random(5);
        var (values, treated, users, single) = (new List<double>(), new List<bool>(), new List<long>(), new List<long>());
        for (var user = 0; user < 40; user++)
        {
            var level = 10 * Draw.Normal(random);
            for (var i = 0; i < 10; i++)
            {
                values.Add(level + Draw.Normal(random));
                treated.Add(i % 2 == 0);
                users.Add(user);
                single.Add(values.Count);
            }
        }
        var known = ClusterRobust.Compare([.. values], [.. treated], [.. users], 0.05).Value;
        var ignored = ClusterRobust.Compare([.. values], [.. treated], [.. single], 0.05).Value;
        Assert.True(known.Cr2StandardError < 0.3 * ignored.Cr2StandardError);
        Oracle.Near(known.Difference, ignored.Difference, 1e-9);
    }

    [Fact]
    [Trait("Kind", "calibration")]
    public void ClusterRobust_EightUnequalClustersAnArm_KeepsItsLevel()
    {
        const int runs = 1000;
        var random = new Random(11);
        var rejected = 0;
        for (var run = 0; run < runs; run++)
        {
            var (values, treated, clusters) = (new List<double>(), new List<bool>(), new List<long>());
            for (var g = 0; g < 16; g++)
            {
                var level = Draw.Normal(random);
                for (var i = 0; i < 2 + g % 8; i++)
                {
                    values.Add(level + Draw.Normal(random));
                    treated.Add(g >= 8);
                    clusters.Add(g);
                }
            }
            if (ClusterRobust.Compare([.. values], [.. treated], [.. clusters], 0.05) is { IsEstimable: true, Value.PValue: <= 0.05 }) rejected++;
        }
        // 1 − 1e-4 quantile of binomial(1000, .055) is about 83; a test that ignores clusters rejects some 300.
        Assert.InRange(rejected, 15, 83);
    }

    [Fact]
    public void ClusterRobust_TooFewClusters_SaysWhy()
    {
        Assert.Contains("at least 4 clusters", ClusterRobust.Compare([1, 2, 3, 4, 5, 6], [false, false, false, true, true, true], [1, 2, 3, 4, 5, 6], 0.05).Reason, StringComparison.Ordinal);
        Assert.Contains("vary", ClusterRobust.Compare([2, 2, 2, 2, 3, 3, 3, 3], [false, false, false, false, true, true, true, true], [1, 2, 3, 4, 5, 6, 7, 8], 0.05).Reason, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => ClusterRobust.Compare([1, 2], [true], [1, 2], 0.05));
        Assert.Throws<ArgumentException>(() => ClusterRobust.Compare([1, double.NaN], [true, false], [1, 2], 0.05));
        Assert.Throws<ArgumentOutOfRangeException>(() => ClusterRobust.Compare([1, 2], [true, false], [1, 2], 0));
    }

    [Fact]
    public void DesignEffect_CopiesInEachCluster_IsTheClusterSize()
    {
        var result = DesignEffect.Estimate([1, 1, 1, 5, 5, 5, 2, 2, 2], [1, 1, 1, 2, 2, 2, 3, 3, 3], 0.05).Value;
        Assert.Equal(1, result.IntraclassCorrelation, 1e-12);
        Assert.Equal(3, result.DesignEffect, 1e-12);
        Assert.Equal(3, result.EffectiveSampleSize, 1e-12);
    }

    [Fact]
    public void DesignEffect_FourRatersOfShroutAndFleiss_GivesThePublishedCorrelation()
    {
        // P. E. Shrout, J. L. Fleiss, Psychological Bulletin 86 (1979) 420–428, table 2: ICC(1,1) = .17, F = 11.24/6.26.
        double[] ratings = [9, 2, 5, 8, 6, 1, 3, 2, 8, 4, 6, 8, 7, 1, 2, 6, 10, 5, 6, 9, 6, 2, 4, 7];
        var result = DesignEffect.Estimate(ratings, [.. Enumerable.Range(0, 24).Select(i => (long)i / 4)], 0.05).Value;
        Oracle.Rounded(0.17, result.IntraclassCorrelation, 2);
        Oracle.Rounded(-0.133, result.Interval.Low, 3);
        Oracle.Rounded(0.723, result.Interval.High, 3);
    }

    [Fact]
    public void DesignEffect_DegenerateInput_SaysWhy()
    {
        Assert.Contains("single value", DesignEffect.Estimate([1, 2], [1, 2], 0.05).Reason, StringComparison.Ordinal);
        Assert.Contains("at least 2 clusters", DesignEffect.Estimate([1, 2], [1, 1], 0.05).Reason, StringComparison.Ordinal);
        Assert.Contains("equal", DesignEffect.Estimate([1, 1, 1], [1, 1, 2], 0.05).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.3, 5, 1)]
    [InlineData(0.3, 5, 3)]
    [InlineData(0.8, 7, 4)]
    public void Repeats_MeanOverAllOutcomes_IsExactlyThePower(double p, int n, int k)
    {
        double hat = 0, at = 0;
        for (var c = 0; c <= n; c++)
        {
            var mass = Enumerable.Range(1, c).Aggregate(1.0, (b, i) => b * (n - c + i) / i) * Math.Pow(p, c) * Math.Pow(1 - p, n - c);
            hat += mass * Repeats.PassHatK([new(c, n), new(c, n)], k, 0.05).Value.Estimate;
            at += mass * Repeats.PassAtK([new(c, n), new(c, n)], k, 0.05).Value.Estimate;
        }
        Oracle.Near(Math.Pow(p, k), hat, 1e-12);
        Oracle.Near(1 - Math.Pow(1 - p, k), at, 1e-12);
    }

    [Fact]
    public void Repeats_ThreeCases_HaveTheHandComputedError()
    {
        // C(4,2)/C(4,2) = 1, C(2,2)/C(4,2) = 1/6, 0.
        var result = Repeats.PassHatK([new(4, 4), new(2, 4), new(0, 4)], 2, 0.05).Value;
        Oracle.Near(7.0 / 18, result.Estimate, 1e-12);
        Oracle.Near(SampleSd(1, 1.0 / 6, 0) / Math.Sqrt(3), result.StandardError, 1e-12);
        Assert.Equal(new Interval(0, 1), result.Interval.Value);

        static double SampleSd(params double[] x) => Math.Sqrt(SampleMoments.FromValues(x).Variance);
    }

    [Fact]
    [Trait("Kind", "reference")]
    public void Repeats_TauBenchAirline_HasThePublishedReliability()
    {
        // 50 tasks, 4 trials each.
        Proportion[] cases = [.. File.ReadLines(SharedData.Require("data/tau-bench/airline_gpt4o_trials.csv")).Skip(1).Select(l => l.Split(','))
            .GroupBy(f => f[0]).Select(task => new Proportion(task.Count(f => f[2] == "1.0"), task.Count()))];
        Assert.Equal(50, cases.Length);
        double[] expected = [0.42, 0.2733333333333333, 0.22, 0.2];
        for (var k = 1; k <= 4; k++) Oracle.Near(expected[k - 1], Repeats.PassHatK(cases, k, 0.05).Value.Estimate, 1e-12);
        // Naively, 200 independent trials would have an error of .035.
        Assert.Equal(0.0522, Repeats.PassHatK(cases, 1, 0.05).Value.StandardError, 0.0007);
    }

    [Fact]
    public void Repeats_DegenerateInput_SaysWhy()
    {
        Assert.Contains("tried 1 times", Repeats.PassHatK([new(1, 4), new(1, 1)], 2, 0.05).Reason, StringComparison.Ordinal);
        Assert.Contains("at least 2 cases", Repeats.PassAtK([new(1, 4)], 2, 0.05).Reason, StringComparison.Ordinal);
        Assert.False(Repeats.PassAtK([new(4, 4), new(3, 3)], 1, 0.05).Value.Interval.IsEstimable);
        Assert.Throws<ArgumentOutOfRangeException>(() => Repeats.PassAtK([new(1, 4)], 0, 0.05));
    }
}
