namespace Assay.Statistics.Tests.Numerics;

/// <summary>Large means, large counts and far tails: what a naive formula loses its digits on.</summary>
public sealed class LargeNumbersTests
{
    private const double Offset = 1e9;

    [Fact]
    public void SampleMoments_ManyMergedPartsAtALargeMean_KeepTheVariance()
    {
        var random = new Random(20260314);
        double[] deviations = [.. Enumerable.Range(0, 100_000).Select(_ => Draw.Normal(random))];
        SampleMoments exact = SampleMoments.FromValues(deviations), merged = default;
        foreach (var part in deviations.Chunk(777)) merged = merged.Merge(SampleMoments.FromValues([.. part.Select(d => Offset + d)]));
        Assert.Equal(exact.N, merged.N);
        // A value of 1e9 + d holds d to 1e-7 only; the variance must lose no more than that.
        Assert.Equal(1, merged.Variance / exact.Variance, 1e-8);
        Assert.Equal(Offset + exact.Mean, merged.Mean, 1e-6);
    }

    [Fact]
    public void Comparisons_ShiftedByALargeMean_StayTheSame()
    {
        var random = new Random(20260315);
        double[] control = [.. Enumerable.Range(0, 500).Select(_ => Math.Round(Draw.Normal(random), 3))], treatment = [.. Enumerable.Range(0, 400).Select(_ => Math.Round(0.2 + Draw.Normal(random), 3))];
        double[] far = [.. control.Select(x => x + Offset)], farTreatment = [.. treatment.Select(x => x + Offset)];
        Same(WelchT.Compare(Of(control), Of(treatment), 0.05).Value, WelchT.Compare(Of(far), Of(farTreatment), 0.05).Value);
        Same(StudentT.Compare(Of(control), Of(treatment), 0.05).Value, StudentT.Compare(Of(far), Of(farTreatment), 0.05).Value);
        Assert.Equal(OutlierInfluence.WithoutFurthest(control, treatment, 5, 0.05).Value.Shift!.Value, OutlierInfluence.WithoutFurthest(far, farTreatment, 5, 0.05).Value.Shift!.Value, 1e-5);
        double[] covariate = [.. control.Select(x => x + Draw.Normal(random))], farCovariate = [.. covariate.Select(x => x + Offset)];
        RatioMoments near = RatioMoments.FromValues(control, covariate), distant = RatioMoments.FromValues(far, farCovariate);
        Assert.Equal(1, distant.Covariance / near.Covariance, 1e-6);

        static SampleMoments Of(double[] values) => SampleMoments.FromValues(values);
        static void Same(MeanComparison a, MeanComparison b)
        {
            Assert.Equal(a.Statistic, b.Statistic, 1e-5);
            Assert.Equal(1, b.PValue / a.PValue, 1e-4);
            Assert.Equal(a.Difference, b.Difference, 1e-6);
        }
    }

    [Fact]
    public void TwoProportions_BillionsOfUnits_KeepTheirDigits()
    {
        // 500,000,000 against 500,100,000 of 10⁹: z = 1e5 / √(2·.50005·.49995·1e9).
        var result = TwoProportions.Compare(new(500_000_000, 1_000_000_000), new(500_100_000, 1_000_000_000), 0.05).Value;
        Assert.Equal(1e-4, result.Difference, 1e-15);
        Assert.Equal(1e-4 / Math.Sqrt(0.50005 * 0.49995 * 2e-9), result.Z.Value, 1e-9);
        Assert.Equal(1, (result.NewcombeInterval.High - 1e-4) / (StandardNormal.Critical(0.05) * Math.Sqrt(0.25 * 2e-9)), 1e-6);
    }

    [Fact]
    public void SampleRatio_BillionsOfUnits_SeeAMismatchOfOneInTenThousand()
    {
        Assert.Equal(100, SampleRatio.ChiSquare([500_050_000 * 2L, 499_950_000 * 2L], [1, 1]).Value.ChiSquare / 0.2, 1e-6);
        Assert.True(SequentialSampleRatio.Test([1_000_000_000, 1_000_000_000], [1, 1]).Value.PValue == 1);
        Assert.True(SequentialSampleRatio.Test([1_000_500_000, 999_500_000], [1, 1]).Value.PValue < 1e-20);
    }

    [Fact]
    public void SampleMoments_BillionsOfUnits_Merge()
    {
        SampleMoments a = new(1_000_000_000, 5, 2), b = new(3_000_000_000, 5.0001, 2), all = a.Merge(b);
        Assert.Equal((4_000_000_000, 5.000075), (all.N, Math.Round(all.Mean, 9)));
        Assert.Equal(2 + 1e-8 * 3 / 16, all.Variance, 1e-9);
    }

    [Theory]
    [Trait("Kind", "reference")]
    [InlineData(7.9413453261709976, 1e-15)]
    [InlineData(8.2220822161304365, 1e-16)]
    [InlineData(6.3613409024040562, 1e-10)]
    public void StandardNormal_TailsTo1E15_RoundTrip(double z, double tail)
    {
        Assert.Equal(1, StandardNormal.UpperTail(z) / tail, 1e-11);
        Assert.Equal(z, -StandardNormal.Quantile(tail), 1e-10);
        Assert.Equal(z, StandardNormal.Critical(2 * tail), 1e-10);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(200)]
    [InlineData(1e9)]
    public void StudentT_TailsTo1E15_RoundTrip(double degreesOfFreedom)
    {
        foreach (var tail in new[] { 1e-3, 1e-9, 1e-15 })
            Assert.Equal(1, StudentTDistribution.UpperTail(StudentTDistribution.UpperQuantile(tail, degreesOfFreedom), degreesOfFreedom) / tail, 1e-8);
    }
}
