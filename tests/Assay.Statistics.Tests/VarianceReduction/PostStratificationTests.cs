using Assay.Statistics.Tests.Reference;

namespace Assay.Statistics.Tests.VarianceReduction;

public sealed class PostStratificationTests
{
    private static readonly double[] C1 = [1, 2, 3, 2], C2 = [10, 12, 11], T1 = [2, 3, 2], T2 = [12, 13, 14, 13, 12];

    [Fact]
    public void Means_TwoStrata_AreTheHandComputedAverage()
    {
        var result = PostStratification.Means([new(M(C1), M(T1)), new(M(C2), M(T2))], 0.05).Value;
        double w1 = 7.0 / 15, w2 = 8.0 / 15;
        Oracle.Near(w1 * (7.0 / 3 - 2) + w2 * (12.8 - 11), result.Adjusted.Difference, 1e-12);
        var se = Math.Sqrt(w1 * w1 * (M(C1).Variance / 4 + M(T1).Variance / 3) + w2 * w2 * (M(C2).Variance / 3 + M(T2).Variance / 5));
        Oracle.Near(se, result.Adjusted.StandardError, 1e-12);
        Oracle.Near(41 / 7.0, result.ControlMean, 1e-12);
        Oracle.Near(result.Adjusted.Difference * 7 / 41, result.Lift.Value.Lift, 1e-12);
    }

    [Fact]
    public void Means_WeightsGiven_AreTheMix()
    {
        Stratum[] strata = [new(M(C1), M(T1)), new(M(C2), M(T2))];
        Oracle.Near(0.25 * (7.0 / 3 - 2) + 0.75 * (12.8 - 11), PostStratification.Means(strata, 0.05, weights: [10, 30]).Value.Adjusted.Difference, 1e-12);
        Assert.Equal(PostStratification.Means(strata, 0.05).Value.Adjusted, PostStratification.Means(strata, 0.05, weights: [7, 8]).Value.Adjusted);
        Assert.Throws<ArgumentException>(() => PostStratification.Means(strata, 0.05, weights: [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => PostStratification.Means(strata, 0.05, weights: [1, 0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => PostStratification.Means(strata, 0.05, weights: [1, double.NaN]));
    }

    [Fact]
    public void Means_OneStratum_IsWelchsTest()
    {
        var result = PostStratification.Means([new(M(C1), M(T2))], 0.05).Value;
        var welch = WelchT.Compare(M(C1), M(T2), 0.05).Value;
        Oracle.Near(welch.StandardError, result.Adjusted.StandardError, 1e-12);
        Oracle.Near(welch.PValue, result.Adjusted.PValue, 1e-9);
        var lift = RelativeLift.Delta(M(C1), M(T2), 0.05).Value;
        Oracle.Near(lift.StandardError, result.Lift.Value.StandardError, 1e-12);
    }

    [Fact]
    public void Ratios_OneStratum_IsTheDeltaMethod()
    {
        double[] y = [3, 5, 2, 6, 4, 7], x = [2, 3, 1, 4, 3, 4], y2 = [4, 5, 3, 7, 4, 9];
        RatioMoments control = RatioMoments.FromValues(y, x), treatment = RatioMoments.FromValues(y2, x);
        var result = PostStratification.Ratios([new(control, treatment)], 0.05).Value;
        var delta = RatioMetric.Compare(control, treatment, 0.05).Value;
        Oracle.Near(delta.Difference, result.Adjusted.Difference, 1e-12);
        Oracle.Near(delta.StandardError, result.Adjusted.StandardError, 1e-12);
    }

    [Fact]
    [Trait("Kind", "calibration")]
    public void Means_NullWithUnlikeStrata_KeepsItsLevelAndIsNarrower()
    {
        const int runs = 1000;
        var random = new Random(7);
        int rejected = 0, narrower = 0;
        for (var run = 0; run < runs; run++)
        {
            List<double>[] arms = [[], [], [], []];
            for (var i = 0; i < 200; i++)
            {
                int stratum = random.Next(2), arm = random.Next(2);
                arms[2 * stratum + arm].Add(3 * stratum + Draw.Normal(random));
            }
            var result = PostStratification.Means([new(M([.. arms[0]]), M([.. arms[1]])), new(M([.. arms[2]]), M([.. arms[3]]))], 0.05).Value;
            var plain = WelchT.Compare(M([.. arms[0], .. arms[2]]), M([.. arms[1], .. arms[3]]), 0.05).Value;
            if (result.Adjusted.PValue <= 0.05) rejected++;
            if (result.Adjusted.StandardError < plain.StandardError) narrower++;
        }
        // 1 − 1e-4 quantile of binomial(1000, .055).
        Assert.InRange(rejected, 25, 83);
        Assert.Equal(runs, narrower);
    }

    [Fact]
    public void Means_DegenerateInput_SaysWhy()
    {
        Assert.Contains("join small strata", PostStratification.Means([new(M([1]), M(T1))], 0.05).Reason, StringComparison.Ordinal);
        Assert.Contains("no stratum", PostStratification.Means([new(default, default)], 0.05).Reason, StringComparison.Ordinal);
        Assert.Contains("variance", PostStratification.Means([new(M([1, 1]), M([2, 2]))], 0.05).Reason, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => PostStratification.Means([], 0));
    }

    private static SampleMoments M(double[] values) => SampleMoments.FromValues(values);
}
