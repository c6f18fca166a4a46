using System.Text.Json;

namespace Assay.Statistics.Tests.Reference;

/// <summary>The fixed-horizon rows of GrowthBook's own tests: 5 decimals for f1 to f16, 9 for f17 to f21.</summary>
[Trait("Kind", "reference")]
public sealed class GrowthBookTests
{
    [Theory]
    [InlineData("f1", 5, Alternative.TwoSided)]
    [InlineData("f2", 5, Alternative.TwoSided)]
    [InlineData("f3", 5, Alternative.TwoSided)]
    [InlineData("f9", 12, Alternative.Greater)]
    [InlineData("f10", 12, Alternative.Greater)]
    [InlineData("f11", 12, Alternative.Less)]
    [InlineData("f12", 12, Alternative.Less)]
    [InlineData("f17", 9, Alternative.TwoSided)]
    public void MeansAndLifts_FixedHorizonRows_Agree(string id, int decimals, Alternative alternative)
    {
        var row = Row(id);
        SampleMoments control = Moments(row.GetProperty("a")), treatment = Moments(row.GetProperty("b"));
        double estimate, standardError, pValue;
        Interval interval;
        if (row.GetProperty("config").GetProperty("difference").GetString() == "relative")
            (estimate, standardError, pValue, interval) = RelativeLift.Delta(control, treatment, 0.05, alternative).Value;
        else
            (estimate, standardError, _, _, pValue, interval) = WelchT.Compare(control, treatment, 0.05, alternative).Value;

        var expected = row.GetProperty("expected");
        Oracle.Rounded(expected.Number("p"), pValue, decimals, "p");
        if (expected.TryGetProperty("expected", out var e)) Oracle.Rounded(e.GetDouble(), estimate, decimals, "estimate");
        if (expected.TryGetProperty("se", out var se)) Oracle.Rounded(se.GetDouble(), standardError, decimals, "se");
        if (!expected.TryGetProperty("ci", out var ci)) return;
        CheckEnd(ci[0], interval.Low, double.NegativeInfinity, decimals);
        CheckEnd(ci[1], interval.High, double.PositiveInfinity, decimals);
    }

    [Fact]
    public void RelativeLift_RatioRow_AgreesOnItsImpossibleSums()
    {
        // The sums of row f19 contradict each other (Σd² < (Σd)²/n), so RatioMoments refuses them; the formula is checked by hand from them.
        var row = Row("f19");
        JsonElement a = row.GetProperty("a"), b = row.GetProperty("b");
        Assert.Throws<ArgumentException>(() => RatioMoments.FromSums(
            a.Count("n"), a.GetProperty("m")[0].GetDouble(), a.GetProperty("d")[0].GetDouble(),
            a.GetProperty("m")[1].GetDouble(), a.GetProperty("d")[1].GetDouble(), a.Number("m_d")));

        var ((control, varianceC), (treatment, varianceT)) = (Linearise(a), Linearise(b));
        double c = varianceC / a.Count("n"), t = varianceT / b.Count("n");
        var df = (c + t) * (c + t) / (c * c / (a.Count("n") - 1) + t * t / (b.Count("n") - 1));
        var lift = RelativeLift.Delta(new(control, Math.Sqrt(c)), new(treatment, Math.Sqrt(t)), 0.05, degreesOfFreedom: df).Value;

        var expected = row.GetProperty("expected");
        Oracle.Rounded(expected.Number("mean_a"), control, 9);
        Oracle.Rounded(expected.Number("mean_b"), treatment, 9);
        Oracle.Rounded(expected.Number("expected"), lift.Lift, 9);
        Oracle.Rounded(expected.Number("p"), lift.PValue, 9);
    }

    [Fact]
    public void QuantileDifference_ImproperPriorRow_AgreesWithTheCredibleInterval()
    {
        var row = Row("b4");
        var result = QuantileDifference.Compare(Quantile(row.GetProperty("a")), Quantile(row.GetProperty("b")), 0.05).Value;
        var expected = row.GetProperty("expected");
        Oracle.Near(expected.Number("expected"), result.Difference, 1e-12);
        Oracle.Near(expected.GetProperty("ci")[0].GetDouble(), result.Interval.Low, 1e-9);
        Oracle.Near(expected.GetProperty("ci")[1].GetDouble(), result.Interval.High, 1e-9);
    }

    [Fact]
    public void SampleRatio_Rows_AgreeAndDegenerateOnesAreNotEstimable()
    {
        var rows = Oracle.GrowthBook().GetProperty("other").GetProperty("srm_ts");
        var degenerate = 0;
        foreach (var row in rows.EnumerateArray())
        {
            long[] observed = [.. row[0].EnumerateArray().Select(x => x.GetInt64())];
            double[] weights = [.. row[1].EnumerateArray().Select(x => x.GetDouble())];
            if (observed.Length != weights.Length)
            {
                Assert.Throws<ArgumentException>(() => SampleRatio.ChiSquare(observed, weights));
                degenerate++;
                continue;
            }
            var result = SampleRatio.ChiSquare(observed, weights);
            if (observed.Sum() == 0 || weights.Count(w => w > 0) < 2)
            {
                Assert.False(result.IsEstimable, "theirs is p = 1; ours says that there is none");
                degenerate++;
                continue;
            }
            Oracle.Rounded(row[2].GetDouble(), result.Value.PValue, 9);
        }
        Assert.Equal(3, degenerate);
    }

    [Fact]
    public void Multiplicity_HolmAndBenjaminiHochberg_Agree()
    {
        var other = Oracle.GrowthBook().GetProperty("other");
        Check(other.GetProperty("holm"), "out_sorted", Multiplicity.Holm);
        Check(other.GetProperty("benjamini_hochberg"), "out_sorted_desc", Multiplicity.BenjaminiHochberg);

        static void Check(JsonElement row, string key, Adjust adjust)
        {
            var adjusted = adjust(row.Numbers("in"));
            var expected = row.Numbers(key);
            var order = row.Counts("order");
            for (var i = 0; i < expected.Length; i++) Oracle.Near(expected[i], adjusted[order[i]], 1e-12);
        }
    }

    [Fact]
    public void Power_FixedRows_Agree()
    {
        var row = Oracle.GrowthBook().GetProperty("other").GetProperty("power")[0];
        var perArm = row.Number("n_total") / row.Number("arms");
        double mean = row.Number("mean"), variance = row.Number("variance"), alpha = row.Number("alpha");
        Oracle.Rounded(row.Number("power"), Power.ForRelativeMeans(mean, variance, row.Number("effect"), perArm, alpha), 5);
        Oracle.Rounded(row.Number("mde80"), DetectableEffect.ForRelativeMeans(mean, variance, perArm, alpha).Value, 5);
    }

    [Fact]
    public void Power_FixedRowsByWeek_Agree()
    {
        var table = Oracle.GrowthBook().GetProperty("other").GetProperty("power_by_week");
        double[] power = table.Numbers("fixed"), detectable = table.Numbers("fixed_mde");
        JsonElement ctr = table.GetProperty("metrics").GetProperty("ctr"), revenue = table.GetProperty("metrics").GetProperty("revenue");
        double p = ctr.Number("p"), alpha = table.Number("alpha");
        for (var week = 1; week <= table.Count("weeks"); week++)
        {
            var perArm = week * table.Number("usersPerWeek") / table.Number("arms");
            var at = 2 * (week - 1);
            Oracle.Rounded(power[at], Power.ForRelativeMeans(p, p * (1 - p), ctr.Number("effect"), perArm, alpha), 5);
            Oracle.Rounded(power[at + 1], Power.ForRelativeMeans(revenue.Number("mean"), revenue.Number("var"), revenue.Number("effect"), perArm, alpha), 5);
            Oracle.Rounded(detectable[at], DetectableEffect.ForRelativeMeans(p, p * (1 - p), perArm, alpha).Value, 5);
            Oracle.Rounded(detectable[at + 1], DetectableEffect.ForRelativeMeans(revenue.Number("mean"), revenue.Number("var"), perArm, alpha).Value, 5);
        }
    }

    [Fact]
    public void StandardErrors_FrequentistVarianceRows_Agree()
    {
        foreach (var row in Oracle.GrowthBook().GetProperty("other").GetProperty("frequentist_variance").EnumerateArray())
        {
            var a = row.Numbers("args");
            SampleMoments control = new((long)a[2], a[1], a[0]), treatment = new((long)a[5], a[4], a[3]);
            var standardError = row.GetProperty("relative").GetBoolean()
                ? RelativeLift.Delta(control, treatment, 0.05).Value.StandardError
                : WelchT.Compare(control, treatment, 0.05).Value.StandardError;
            Oracle.Rounded(row.Number("expected"), standardError * standardError, 5);
        }
    }

    [Fact]
    public void Multiplicity_AdjustedIntervals_Agree()
    {
        foreach (var row in Oracle.GrowthBook().GetProperty("other").GetProperty("adjusted_ci").EnumerateArray())
        {
            var interval = Multiplicity.AdjustedInterval(row.Number("lift"), row.Number("p"), row.Number("alpha"));
            Oracle.Rounded(row.GetProperty("ci")[0].GetDouble(), interval.Low, 5);
            Oracle.Rounded(row.GetProperty("ci")[1].GetDouble(), interval.High, 5);
        }
    }

    private delegate double[] Adjust(ReadOnlySpan<double> pValues);

    private static JsonElement Row(string id) =>
        Oracle.GrowthBook().GetProperty("rows").EnumerateArray().Single(r => r.GetProperty("id").GetString() == id);

    // GrowthBook takes a proportion's variance as p(1 − p), without n − 1.
    private static SampleMoments Moments(JsonElement arm)
    {
        double n = arm.Number("n"), sum = arm.Number("sum");
        return arm.GetProperty("type").GetString() == "proportion"
            ? new((long)n, sum / n, sum / n * (1 - sum / n))
            : SampleMoments.FromSums((long)n, sum, arm.Number("sum_squares"));
    }

    // GrowthBook multiplies the squared standard error by (n − 1) / n; here the interval is narrowed by as much.
    private static QuantileMoments Quantile(JsonElement arm)
    {
        double estimate = arm.Number("quantile_hat"), narrow = Math.Sqrt((arm.Number("n") - 1) / arm.Number("n"));
        return new(
            arm.Number("nu"), arm.Count("n"), arm.Count("n"), estimate,
            estimate - narrow * (estimate - arm.Number("lower")), estimate + narrow * (arm.Number("upper") - estimate),
            StandardNormal.Critical(0.05));
    }

    private static (double Ratio, double Variance) Linearise(JsonElement arm)
    {
        double n = arm.Number("n"), m = arm.GetProperty("m")[0].GetDouble(), d = arm.GetProperty("d")[0].GetDouble(), ratio = m / d;
        var varianceM = (arm.GetProperty("m")[1].GetDouble() - m * m / n) / (n - 1);
        var varianceD = (arm.GetProperty("d")[1].GetDouble() - d * d / n) / (n - 1);
        var covariance = (arm.Number("m_d") - m * d / n) / (n - 1);
        return (ratio, (varianceM - 2 * ratio * covariance + ratio * ratio * varianceD) / (d / n * (d / n)));
    }

    private static void CheckEnd(JsonElement expected, double actual, double whenNull, int decimals)
    {
        if (expected.ValueKind == JsonValueKind.Null) Assert.Equal(whenNull, actual);
        else Oracle.Rounded(expected.GetDouble(), actual, decimals, "ci");
    }
}
