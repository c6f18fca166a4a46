namespace Assay.Statistics.Tests.Reference;

/// <summary>Every case of statistics.json whose method is built, at the case's own relative tolerance.</summary>
[Trait("Kind", "reference")]
public sealed class OracleTests
{
    [Fact]
    public void TwoProportions_StatsmodelsCases_Agree()
    {
        foreach (var c in Oracle.Cases("two-proportion-z"))
        {
            var result = TwoProportions.Compare(
                new(c.Input.Count("controlSuccesses"), c.Input.Count("controlTotal")),
                new(c.Input.Count("treatmentSuccesses"), c.Input.Count("treatmentTotal")), 0.05).Value;
            c.Check("difference", result.Difference);
            c.Check("z", result.Z.Value);
            c.Check("pValue", result.PValue.Value);
            c.Check("waldLow", result.WaldInterval.Low);
            c.Check("waldHigh", result.WaldInterval.High);
            c.Check("newcombeLow", result.NewcombeInterval.Low);
            c.Check("newcombeHigh", result.NewcombeInterval.High);
            c.Check("controlWilsonLow", result.ControlWilson.Low);
            c.Check("controlWilsonHigh", result.ControlWilson.High);
        }
    }

    [Fact]
    public void WelchT_ScipyCases_Agree()
    {
        foreach (var c in Oracle.Cases("welch-t"))
        {
            var result = WelchT.Compare(
                SampleMoments.FromValues(c.Input.Numbers("control")), SampleMoments.FromValues(c.Input.Numbers("treatment")), 0.05).Value;
            c.Check("difference", result.Difference);
            c.Check("t", result.Statistic);
            c.Check("df", result.DegreesOfFreedom);
            c.Check("pValue", result.PValue);
            // In two of the cases the file's critical value leaves .02500000023 in the tail, not .025 (checked by integrating the density),
            // which moves its interval by 2e-9; ours is held to .025 in StudentTDistributionTests.
            Oracle.Near(c.Expected.Number("low"), result.Interval.Low, 5e-9, "low");
            Oracle.Near(c.Expected.Number("high"), result.Interval.High, 5e-9, "high");
        }
    }

    [Fact]
    public void PairedT_ScipyCases_Agree()
    {
        foreach (var c in Oracle.Cases("paired-t"))
        {
            var result = PairedT.Compare(c.Input.Numbers("control"), c.Input.Numbers("treatment"), 0.05).Value;
            c.Check("difference", result.Difference);
            c.Check("t", result.Statistic);
            c.Check("pValue", result.PValue);
        }
    }

    [Fact]
    public void McNemar_StatsmodelsCases_Agree()
    {
        foreach (var c in Oracle.Cases("mcnemar"))
        {
            var result = McNemar.Compare(c.Input.Count("onlyControl"), c.Input.Count("onlyTreatment")).Value;
            c.Check("exactPValue", result.ExactPValue);
            c.Check("chiSquareCorrected", result.ChiSquareCorrected);
            c.Check("correctedPValue", result.CorrectedPValue);
        }
    }

    [Fact]
    public void SampleSize_ProportionCases_AgreeExactly()
    {
        foreach (var c in Oracle.Cases("sample-size-proportion"))
        {
            var i = c.Input;
            var needed = SampleSize.ForProportions(
                i.Number("baseline"), i.Number("effect"), i.Number("alpha"), i.Number("power"), i.NumberOr("ratio", 1));
            Assert.Equal(c.Expected.Count("total"), needed.Total);
            if (c.Expected.TryGetProperty("perArm", out var perArm)) Assert.Equal(perArm.GetInt64(), needed.PerArm);
            else Assert.Equal((c.Expected.Count("controlN"), c.Expected.Count("treatmentN")), (needed.Control, needed.Treatment));
        }
    }

    [Fact]
    public void SampleSize_MeanCases_AgreeWithStatsmodels()
    {
        foreach (var c in Oracle.Cases("sample-size-mean"))
        {
            var i = c.Input;
            var needed = SampleSize.ForMeans(
                i.Number("standardDeviation"), i.Number("effect"), i.Number("alpha"), i.Number("power"), i.Number("ratio"));
            // The file claims 1e-4, the tolerance of the other solver; ours holds six digits of it in every case.
            Oracle.Near(c.Expected.Number("controlN"), needed.ControlExact, Math.Min(c.Tolerance, 1e-6), "controlN");
        }
    }

    [Fact]
    public void Multiplicity_StatsmodelsCases_Agree()
    {
        foreach (var c in Oracle.Cases("multiplicity"))
        {
            var p = c.Input.Numbers("pValues");
            c.Check("bonferroni", Multiplicity.Bonferroni(p));
            c.Check("holm", Multiplicity.Holm(p));
            c.Check("hommel", Multiplicity.Hommel(p));
            c.Check("hochberg", Multiplicity.Hochberg(p));
            c.Check("benjaminiHochberg", Multiplicity.BenjaminiHochberg(p));
            c.Check("benjaminiYekutieli", Multiplicity.BenjaminiYekutieli(p));
        }
    }

    [Fact]
    public void SampleRatio_ScipyCases_Agree()
    {
        foreach (var c in Oracle.Cases("srm"))
        {
            var result = SampleRatio.ChiSquare(c.Input.Counts("observed"), c.Input.Numbers("weights")).Value;
            c.Check("chiSquare", result.ChiSquare);
            c.Check("pValue", result.PValue);
        }
    }

    [Fact]
    public void RatioMetric_DeltaCases_Agree()
    {
        foreach (var c in Oracle.Cases("ratio-delta"))
        {
            var result = RatioMetric.Compare(
                RatioMoments.FromValues(c.Input.Numbers("controlNumerator"), c.Input.Numbers("controlDenominator")),
                RatioMoments.FromValues(c.Input.Numbers("treatmentNumerator"), c.Input.Numbers("treatmentDenominator")), 0.05).Value;
            c.Check("controlRatio", result.Control.Ratio);
            c.Check("treatmentRatio", result.Treatment.Ratio);
            c.Check("difference", result.Difference);
            c.Check("standardError", result.StandardError);
        }
    }
}
