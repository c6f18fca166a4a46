namespace Assay.Statistics.Tests.Reference;

/// <summary>Numbers that people know by heart or that were published.</summary>
[Trait("Kind", "reference")]
public sealed class FactTests
{
    [Theory]
    [InlineData(0.60, 0.05, 1471, 2942)]
    [InlineData(0.60, 0.02, 9336, 18672)]
    public void SampleSize_PublishedProportions_Agree(double baseline, double effect, long perArm, long total)
    {
        var needed = SampleSize.ForProportions(baseline, effect);
        Assert.Equal((perArm, total), (needed.PerArm!.Value, needed.Total));
    }

    [Fact]
    public void SampleSize_TTestFormulaAt75Percent_Needs1179PerArm()
    {
        var needed = SampleSize.ForMeans(Math.Sqrt(0.75 * 0.25), 0.05);
        Oracle.Rounded(1178.29, needed.ControlExact, 2);
        Assert.Equal(1179, needed.PerArm);
    }

    [Fact]
    public void Multiplicity_FourPValues_AreThePublishedOnes()
    {
        double[] p = [0.001, 0.020, 0.12, 0.42], bonferroni = [0.004, 0.080, 0.480, 1], benjaminiHochberg = [0.004, 0.040, 0.160, 0.420];
        Check(bonferroni, Multiplicity.Bonferroni(p));
        Check(benjaminiHochberg, Multiplicity.BenjaminiHochberg(p));

        static void Check(double[] expected, double[] actual)
        {
            for (var i = 0; i < expected.Length; i++) Oracle.Near(expected[i], actual[i], 1e-12);
        }
    }

    [Fact]
    public void TwoProportions_EightyTwentyCaseStudy_IsFarFromThePrintedPValue()
    {
        // 71.3 % of 6,200 and 78.9 % of 1,550; the article's .0012 is wrong by six orders of magnitude.
        var result = TwoProportions.Compare(new(4421, 6200), new(1223, 1550), 0.05).Value;
        Oracle.Rounded(6.0, result.Z.Value, 1);
        Assert.InRange(result.PValue.Value, 1.5e-9, 2.5e-9);
    }

    [Fact]
    public void TwoProportions_Complement_HasTheSamePValue()
    {
        var success = TwoProportions.Compare(new(4421, 6200), new(1223, 1550), 0.05).Value;
        var failure = TwoProportions.Compare(new(6200 - 4421, 6200), new(1550 - 1223, 1550), 0.05).Value;
        Oracle.Near(success.PValue.Value, failure.PValue.Value, 1e-11);
        Oracle.Near(-success.Difference, failure.Difference, 1e-12);
    }

    [Theory]
    [InlineData(1, 0.975, 12.706204736432095)]
    [InlineData(2, 0.975, 4.302652729696142)]
    [InlineData(10, 0.995, 3.169272672616843)]
    [InlineData(30, 0.95, 1.697260886593957)]
    [InlineData(120, 0.9995, 3.373453768588893)]
    public void StudentTDistribution_PrintedQuantiles_Agree(double degreesOfFreedom, double probability, double expected) =>
        Oracle.Near(expected, StudentTDistribution.UpperQuantile(1 - probability, degreesOfFreedom), 1e-9);

    [Theory]
    [InlineData(0.975, 1.959963984540054)]
    [InlineData(0.9, 1.2815515655446004)]
    [InlineData(1e-10, -6.361340902404056)]
    public void StandardNormal_PrintedQuantiles_Agree(double probability, double expected) =>
        Oracle.Near(expected, StandardNormal.Quantile(probability), 1e-12);

    [Fact]
    public void StandardNormal_FarTail_KeepsItsDigits() => Oracle.Near(7.619853024160527e-24, StandardNormal.UpperTail(10), 1e-12);
}
