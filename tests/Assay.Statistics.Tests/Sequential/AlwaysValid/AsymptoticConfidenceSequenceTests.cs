using System.Text.Json;
using Assay.Statistics.Tests.Reference;
using FsCheck;
using FsCheck.Fluent;

namespace Assay.Statistics.Tests.Sequential.AlwaysValid;

public sealed class AsymptoticConfidenceSequenceTests
{
    private static readonly double[] FourteenLooks = [.. Enumerable.Range(1, 14).Select(k => k / 14.0)];
    private static readonly double Drift = StandardNormal.Critical(0.05) + StandardNormal.Quantile(0.8);

    [Fact]
    [Trait("Kind", "reference")]
    public void Compare_StatisticsCases_Agree()
    {
        foreach (var c in Oracle.Cases("asymptotic-confidence-sequence"))
        {
            var i = c.Input;
            var result = AsymptoticConfidenceSequence.Compare(
                new(i.Count("controlN"), i.Number("controlMean"), i.Number("controlVariance")),
                new(i.Count("treatmentN"), i.Number("treatmentMean"), i.Number("treatmentVariance")), i.Number("alpha"), i.Number("tunedFor")).Value;
            c.Check("difference", result.Estimate);
            c.Check("halfWidth", result.HalfWidth);
        }
    }

    [Theory]
    [Trait("Kind", "reference")]
    [InlineData("f5", Alternative.TwoSided, 5)]
    [InlineData("f6", Alternative.TwoSided, 5)]
    [InlineData("f13", Alternative.Greater, 12)]
    [InlineData("f14", Alternative.Greater, 12)]
    [InlineData("f15", Alternative.Less, 12)]
    [InlineData("f16", Alternative.Less, 12)]
    [InlineData("f18", Alternative.TwoSided, 9)]
    public void Around_GrowthBookRows_Agree(string id, Alternative alternative, int decimals)
    {
        var row = Row(id);
        JsonElement config = row.GetProperty("config"), expected = row.GetProperty("expected");
        SampleMoments a = Moments(row.GetProperty("a")), b = Moments(row.GetProperty("b"));
        var (estimate, error) = (b.Mean - a.Mean, Math.Sqrt(a.Variance / a.N + b.Variance / b.N));
        if (config.GetProperty("difference").GetString() == "relative")
        {
            var lift = RelativeLift.Delta(a, b, 0.05).Value;
            (estimate, error) = (lift.Lift, lift.StandardError);
        }
        var result = AsymptoticConfidenceSequence.Around(estimate, error, a.N + b.N, 0.05, config.Number("N*"), alternative);
        if (expected.TryGetProperty("expected", out var e)) Oracle.Rounded(e.GetDouble(), result.Estimate, decimals);
        if (expected.TryGetProperty("se", out var se)) Oracle.Rounded(se.GetDouble(), result.StandardError, decimals);
        if (expected.TryGetProperty("ci_lower", out var low)) Oracle.Rounded(low.GetDouble(), result.Interval.Low, decimals);
        if (expected.TryGetProperty("ci", out var ci))
        {
            CheckEnd(ci[0], result.Interval.Low, double.NegativeInfinity);
            CheckEnd(ci[1], result.Interval.High, double.PositiveInfinity);
        }
        // Theirs stops its bisection of the one-sided p 1e-4 early, and says .4999 for anything above.
        var p = expected.Number("p");
        if (alternative == Alternative.TwoSided) Oracle.Rounded(p, result.PValue, decimals, "p");
        else if (p < 0.4999) Assert.Equal(p, result.PValue, 2e-4);
        else Assert.True(result.PValue >= 0.4999);

        void CheckEnd(JsonElement end, double actual, double open)
        {
            if (end.ValueKind == JsonValueKind.Null) Assert.Equal(open, actual);
            else Oracle.Rounded(end.GetDouble(), actual, decimals, "ci");
        }
    }

    [Theory]
    [Trait("Kind", "reference")]
    [InlineData("f7", 6461)]
    [InlineData("f8", 200)]
    public void Around_GrowthBookAdjustedRows_AgreeFromTheirEstimateAndError(string id, long n)
    {
        // CUPED makes the estimate and its error; the sequence is built on them. They are printed to 5 decimals, which limits what can be compared.
        var row = Row(id);
        JsonElement expected = row.GetProperty("expected"), ci = expected.GetProperty("ci");
        var error = expected.Number("se");
        var result = AsymptoticConfidenceSequence.Around(expected.Number("expected"), error, n, 0.05, row.GetProperty("config").Number("N*"));
        var slack = 5e-6 * (1 + result.HalfWidth / error) + 5e-6;
        Assert.Equal(ci[0].GetDouble(), result.Interval.Low, slack);
        Assert.Equal(ci[1].GetDouble(), result.Interval.High, slack);
        Assert.Equal(1, result.PValue);
    }

    [Fact]
    [Trait("Kind", "reference")]
    public void Critical_FourteenLooksTunedAtTheEnd_RejectsOnePercentAndKeepsHalfThePower()
    {
        const long n = 140_000;
        double[] critical = [.. FourteenLooks.Select(t => AsymptoticConfidenceSequence.Critical((long)Math.Round(t * n), 0.05, n))];
        Oracle.Rounded(0.010, GroupSequentialPower.RejectionRate(FourteenLooks, critical), 3, "of nulls");
        Oracle.Rounded(0.484, GroupSequentialPower.RejectionRate(FourteenLooks, critical, Drift), 3, "power");
    }

    [Theory]
    [Trait("Kind", "calibration")]
    [InlineData(Alternative.TwoSided)]
    [InlineData(Alternative.Greater)]
    public void Critical_LookedAtTwoHundredTimesFromOnePercentOn_StaysBelowAlpha(Alternative alternative)
    {
        // Geometric looks over four orders of magnitude; by integration, not by simulation.
        double[] looks = [.. Enumerable.Range(0, 200).Select(k => Math.Pow(10, -2 + k / 66.0))];
        double[] critical = [.. looks.Select(t => AsymptoticConfidenceSequence.Critical((long)(t * 1_000_000), 0.05, 1_000_000, alternative))];
        var rate = alternative == Alternative.TwoSided ? GroupSequentialPower.RejectionRate(looks, critical)
            : GroupSequentialPower.Of(GroupSequentialDesign.FromCriticalValues(looks, critical, twoSided: false), 0);
        Assert.InRange(rate, 0.01, 0.05);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void PValue_AnyEstimate_IsBelowAlphaExactlyWhenTheIntervalExcludesNought() => Prop.ForAll(
        Gen.Choose(-600, 600).Select(z => z / 100.0).ToArbitrary(), Gen.Choose(1, 100_000).ToArbitrary(), (z, n) =>
    {
        foreach (var alternative in Enum.GetValues<Alternative>())
        {
            var result = AsymptoticConfidenceSequence.Around(z * 0.3, 0.3, n, 0.05, 5000, alternative);
            if (result.PValue is < 0 or > 1 || (Math.Abs(result.PValue - 0.05) > 1e-9 && result.PValue < 0.05 == result.Interval.Contains(0))) return false;
        }
        return true;
    }).QuickCheckThrowOnFailure();

    [Fact]
    [Trait("Kind", "property")]
    public void Around_UnitChange_ScalesAndOppositeSideMirrors()
    {
        AlwaysValidEstimate ms = AsymptoticConfidenceSequence.Around(12, 5, 4000, 0.05, 9000), s = AsymptoticConfidenceSequence.Around(0.012, 0.005, 4000, 0.05, 9000);
        Assert.Equal(ms.PValue, s.PValue, 1e-14);
        Assert.Equal(ms.Interval.Low, 1000 * s.Interval.Low, 1e-12);
        AlwaysValidEstimate up = AsymptoticConfidenceSequence.Around(12, 5, 4000, 0.05, 9000, Alternative.Greater), down = AsymptoticConfidenceSequence.Around(-12, 5, 4000, 0.05, 9000, Alternative.Less);
        Assert.Equal((up.PValue, up.Interval.Low), (down.PValue, -down.Interval.High));
        Assert.True(up.Interval.Low > ms.Interval.Low, "one side is nearer than two");
    }

    [Fact]
    public void Critical_AroundItsTarget_IsTunedThere()
    {
        // Another target gives a wider interval at this n.
        var tuned = AsymptoticConfidenceSequence.Critical(10_000, 0.05, 10_000);
        Assert.All(new[] { 1000.0, 5000, 20_000, 100_000 }, target => Assert.True(AsymptoticConfidenceSequence.Critical(10_000, 0.05, target) > tuned));
    }

    [Fact]
    public void Compare_NoVariance_IsNotEstimable() =>
        Assert.False(AsymptoticConfidenceSequence.Compare(new(50, 1, 0), new(50, 1, 0), 0.05, 100).IsEstimable);

    [Fact]
    public void AroundAndCompare_Misuse_Throw()
    {
        Assert.Throws<ArgumentOutOfRangeException>("standardError", () => AsymptoticConfidenceSequence.Around(1, 0, 10, 0.05, 10));
        Assert.Throws<ArgumentOutOfRangeException>("n", () => AsymptoticConfidenceSequence.Around(1, 1, 0, 0.05, 10));
        Assert.Throws<ArgumentOutOfRangeException>("alpha", () => AsymptoticConfidenceSequence.Around(1, 1, 10, double.NaN, 10));
        Assert.Throws<ArgumentOutOfRangeException>("alpha", () => AsymptoticConfidenceSequence.Around(1, 1, 10, 0.5, 10, Alternative.Greater));
        Assert.Throws<ArgumentOutOfRangeException>("tunedFor", () => AsymptoticConfidenceSequence.Compare(new(5, 1, 1), new(5, 1, 1), 0.05, 0));
    }

    private static JsonElement Row(string id) => Oracle.GrowthBook().GetProperty("rows").EnumerateArray().Single(r => r.GetProperty("id").GetString() == id);

    private static SampleMoments Moments(JsonElement arm)
    {
        double n = arm.Number("n"), sum = arm.Number("sum");
        return arm.GetProperty("type").GetString() == "proportion"
            ? new((long)n, sum / n, sum / n * (1 - sum / n))
            : SampleMoments.FromSums((long)n, sum, arm.Number("sum_squares"));
    }
}
