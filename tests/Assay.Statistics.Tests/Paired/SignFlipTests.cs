using Assay.Statistics.Tests.Reference;

namespace Assay.Statistics.Tests.Paired;

public sealed class SignFlipTests
{
    [Fact]
    public void Estimate_SmallSample_IsTheCountedPermutationTest()
    {
        double[] differences = [0.3, -0.1, 0.7, 0.2, 0.2, -0.4, 1.1, 0.5];
        var counted = PermutationTest.Paired(new double[8], differences, new ResamplingOptions(1)).Value;
        var result = SignFlip.Estimate(differences, 0.05).Value;
        Assert.True(counted.Exact);
        Oracle.Near(counted.PValue, result.PValue, 1e-12);
        Oracle.Near(counted.Difference, result.Difference, 1e-12);
    }

    [Fact]
    public void Estimate_Interval_EndsWhereTheTestStopsToReject()
    {
        double[] differences = [0.3, -0.1, 0.7, 0.2, 0.25, -0.4, 1.1, 0.5, 0.6, 0.9];
        var interval = SignFlip.Estimate(differences, 0.05).Value.Interval;
        Assert.True(P(interval.Low - 1e-6) <= 0.05);
        Assert.True(P(interval.Low + 1e-6) > 0.05);
        Assert.True(P(interval.High + 1e-6) <= 0.05);
        Assert.True(P(interval.High - 1e-6) > 0.05);

        double P(double shift) => SignFlip.Estimate([.. differences.Select(d => d - shift)], 0.05).Value.PValue;
    }

    [Fact]
    public void Estimate_FiveCases_HaveNoBoundAndNoSmallP()
    {
        var result = SignFlip.Estimate([1, 2, 3, 4, 5], 0.05).Value;
        Oracle.Near(2.0 / 32, result.PValue, 1e-12);
        Assert.True(double.IsNegativeInfinity(result.Interval.Low));
        Assert.Equal(1, SignFlip.Estimate([1, 2, 3, 4, 5, 6], 0.05).Value.Interval.Low, 1e-6);
    }

    [Fact]
    public void Estimate_DegenerateInput_SaysWhy()
    {
        Assert.Contains("none of the 3", SignFlip.Estimate([0, 0, 0], 0.05).Reason, StringComparison.Ordinal);
        Assert.Contains("at least 2", SignFlip.Estimate([1], 0.05).Reason, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => SignFlip.Estimate(new double[41], 0.05));
    }

    [Fact]
    [Trait("Kind", "calibration")]
    public void Estimate_SkewlessNoise_RejectsAtMostAsOftenAsSaid()
    {
        var random = new Random(7);
        int rejected = 0, missed = 0, runs = 2000;
        for (var i = 0; i < runs; i++)
        {
            var result = SignFlip.Estimate([.. Enumerable.Range(0, 12).Select(_ => 0.3 + Draw.Normal(random))], 0.05).Value;
            if (!result.Interval.Contains(0.3)) missed++;
            if (SignFlip.Estimate([.. Enumerable.Range(0, 12).Select(_ => Draw.Normal(random))], 0.05).Value.PValue <= 0.05) rejected++;
        }
        // Five binomial errors around 5 %.
        Assert.InRange(rejected / (double)runs, 0.025, 0.075);
        Assert.InRange(missed / (double)runs, 0.025, 0.075);
    }
}
