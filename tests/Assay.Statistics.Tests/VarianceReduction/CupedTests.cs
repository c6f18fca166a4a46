using System.Text.Json;
using Assay.Statistics.Tests.Reference;

namespace Assay.Statistics.Tests.VarianceReduction;

public sealed class CupedTests
{
    [Fact]
    [Trait("Kind", "reference")]
    public void Cuped_NumpyCases_Agree()
    {
        foreach (var c in Oracle.Cases("cuped"))
        {
            var theta = c.Input.GetProperty("theta").GetString() == "total" ? CupedTheta.Total : CupedTheta.WithinArm;
            var result = Cuped.Means(
                JointMoments.FromColumns(c.Input.Numbers("control"), c.Input.Numbers("controlCovariate")),
                JointMoments.FromColumns(c.Input.Numbers("treatment"), c.Input.Numbers("treatmentCovariate")), 0.05, theta).Value;
            c.Check("theta", result.Theta[0]);
            c.Check("difference", result.Adjusted.Difference);
            c.Check("standardError", result.Adjusted.StandardError);
        }
    }

    [Theory]
    [Trait("Kind", "reference")]
    [InlineData("f7", 5)]
    [InlineData("f20", 9)]
    [InlineData("f21", 9)]
    public void Cuped_GrowthBooksMeans_Agree(string id, int decimals)
    {
        var row = Oracle.GrowthBook().GetProperty("rows").EnumerateArray().Single(r => r.GetProperty("id").GetString() == id);
        JointMoments a = Mean(row.GetProperty("a")), b = Mean(row.GetProperty("b"));
        var result = Cuped.Means(a, b, 0.05, CupedTheta.Total).Value;
        // GrowthBook takes a proportion's variance as p(1 − p), without n − 1; theta is the same either way.
        if (id == "f21") result = Cuped.Means(Narrowed(a), Narrowed(b), 0.05, fixedTheta: result.Theta).Value;
        var expected = row.GetProperty("expected");
        Oracle.Rounded(expected.Number("expected"), result.Lift.Value.Lift, decimals, "lift");
        // f7 is a sequential test: only its estimate and error are of this method.
        if (id == "f7") Oracle.Rounded(expected.Number("se"), result.Lift.Value.StandardError, decimals, "se");
        else Oracle.Rounded(expected.Number("p"), result.Lift.Value.PValue, decimals, "p");
        if (!expected.TryGetProperty("mean_a", out var mean)) return;
        Oracle.Rounded(mean.GetDouble(), result.ControlMean, decimals, "mean_a");
        Oracle.Rounded(expected.Number("mean_b"), result.TreatmentMean, decimals, "mean_b");
    }

    [Fact]
    [Trait("Kind", "reference")]
    public void CupedRatio_GrowthBooksRow_Agrees()
    {
        var row = Oracle.GrowthBook().GetProperty("rows").EnumerateArray().Single(r => r.GetProperty("id").GetString() == "f4");
        // Its p belongs to the coefficient from within the arms; the one over both arms together would give .85600.
        var lift = Cuped.RatiosByPriorRatio(Ratio(row.GetProperty("a")), Ratio(row.GetProperty("b")), 0.05).Value.Lift.Value;
        var expected = row.GetProperty("expected");
        Oracle.Rounded(expected.Number("expected"), lift.Lift, 4);
        Oracle.Rounded(expected.Number("se"), lift.StandardError, 5);
        Oracle.Rounded(expected.Number("p"), lift.PValue, 5);
        Oracle.Rounded(expected.GetProperty("ci")[0].GetDouble(), lift.Interval.Low, 5);
        Oracle.Rounded(expected.GetProperty("ci")[1].GetDouble(), lift.Interval.High, 5);
    }

    [Fact]
    [Trait("Kind", "reference")]
    public void CupedRatio_GrowthBooksFixedTheta_HasItsStandardError()
    {
        var o = Oracle.GrowthBook().GetProperty("other").GetProperty("cuped_ratio_standard_error");
        var control = JointMoments.FromColumns(o.Numbers("m_post_a"), o.Numbers("d_post_a"), o.Numbers("m_pre_a"), o.Numbers("d_pre_a"));
        foreach (var c in o.GetProperty("cases").EnumerateArray())
        {
            var treatment = JointMoments.FromColumns(c.Numbers("m_post_b"), o.Numbers("d_post_b"), o.Numbers("m_pre_b"), o.Numbers("d_pre_b"));
            var lift = Cuped.RatiosByPriorRatio(control, treatment, 0.05, fixedTheta: o.Number("theta")).Value.Lift.Value;
            Oracle.Rounded(c.Number("lift"), lift.Lift, 6);
            Oracle.Rounded(c.Number("se"), lift.StandardError, 7);
        }
    }

    [Fact]
    [Trait("Kind", "reference")]
    public void Cuped_GrowthBooksTheta_Agrees()
    {
        var t = Oracle.GrowthBook().GetProperty("other").GetProperty("compute_theta");
        var arm = JointMoments.FromColumns(t.Numbers("metric_post"), t.Numbers("metric_pre"));
        Oracle.Rounded(t.Number("expected"), Cuped.Means(arm, arm, 0.05, CupedTheta.Total).Value.Theta[0], 5);
        Oracle.Rounded(t.Number("expected"), Cuped.Means(arm, arm, 0.05).Value.Theta[0], 5);
    }

    [Fact]
    public void Cuped_TwoCovariates_RemoveBothAndKeepTheEffect()
    {
        var (control, treatment) = (Arm(new Random(1), 0), Arm(new Random(2), 0.5));
        var one = Cuped.Means(JointMoments.FromColumns(control[0], control[1]), JointMoments.FromColumns(treatment[0], treatment[1]), 0.05).Value;
        var both = Cuped.Means(JointMoments.FromColumns(control), JointMoments.FromColumns(treatment), 0.05).Value;
        Assert.Equal(2, both.Theta[0], 0.1);
        Assert.Equal(-3, both.Theta[1], 0.1);
        Assert.InRange(both.VarianceReduction, 0.9, 0.95);
        Assert.InRange(one.VarianceReduction, 0.15, 0.45);
        Assert.True(both.Adjusted.Interval.Contains(0.5));
        Assert.Equal(Residuals(), both.Adjusted.StandardError, 1e-9);

        double Residuals() => WelchT.Compare(
            SampleMoments.FromValues([.. Enumerable.Range(0, 2000).Select(i => control[0][i] - both.Theta[0] * control[1][i] - both.Theta[1] * control[2][i])]),
            SampleMoments.FromValues([.. Enumerable.Range(0, 2000).Select(i => treatment[0][i] - both.Theta[0] * treatment[1][i] - both.Theta[1] * treatment[2][i])]), 0.05).Value.StandardError;

        static double[][] Arm(Random random, double effect)
        {
            double[][] columns = [new double[2000], new double[2000], new double[2000]];
            for (var i = 0; i < 2000; i++)
            {
                (columns[1][i], columns[2][i]) = (Draw.Normal(random), Draw.Normal(random));
                columns[0][i] = 10 + effect + 2 * columns[1][i] - 3 * columns[2][i] + Draw.Normal(random);
            }
            return columns;
        }
    }

    [Theory]
    [InlineData(1, 0.215498154981550, 0.236939053659454, 0.382577623558046, -0.306001185969066, 11)]
    [InlineData(2, 0.197006237006237, 0.240685851941674, 0.432132701499258, -0.339275260828423, 10)]
    public void Cuped_ThetaCountedAsEstimated_IsTheAnalysisOfCovarianceOfR(int covariates, double difference, double error, double pValue, double low, double df)
    {
        // R: lm(Y ~ T + X) and lm(Y ~ T + X + W).
        double[] y = [3.1, 4.0, 5.2, 4.4, 6.0, 7.3, 5.1], x = [1.0, 2.5, 3.0, 2.2, 4.1, 5.0, 3.9], w = [0, 1, 1, 0, 1, 1, 0];
        JointMoments Arm(double dy, double dx, double dw)
        {
            double[][] columns = [[.. y.Select(v => v + dy)], [.. x.Select(v => v + dx)], [.. w.Select(v => v + dw)]];
            return JointMoments.FromColumns(columns.AsSpan(0, covariates + 1));
        }
        var result = Cuped.Means(Arm(0, 0, 0), Arm(0.8, 0.6, 0.2), 0.05, thetaIsKnown: false).Value.Adjusted;
        Oracle.Near(difference, result.Difference, 1e-12);
        Oracle.Near(error, result.StandardError, 1e-12);
        Oracle.Near(pValue, result.PValue, 1e-9);
        Oracle.Near(low, result.Interval.Low, 1e-9);
        Oracle.Near(df, result.DegreesOfFreedom, 1e-9);
        Assert.True(result.StandardError > Cuped.Means(Arm(0, 0, 0), Arm(0.8, 0.6, 0.2), 0.05).Value.Adjusted.StandardError);
    }

    [Fact]
    public void Cuped_NoDegreeOfFreedomLeft_IsExplained()
    {
        var arm = JointMoments.FromColumns([1, 4], [1, 3], [2, 9]);
        Assert.Contains("nothing to judge", Cuped.Means(arm, JointMoments.FromColumns([1, 5], [2, 3], [2, 1]), 0.05, CupedTheta.Total, thetaIsKnown: false).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Cuped_CopiedAndConstantCovariates_AreDroppedAndNamed()
    {
        double[] y = [1, 4, 2, 7, 5], x = [1, 3, 2, 5, 6], constant = [2, 2, 2, 2, 2];
        var alone = Cuped.Means(JointMoments.FromColumns(y, x), JointMoments.FromColumns(y, x), 0.05).Value;
        var arm = JointMoments.FromColumns(y, x, constant, x);
        var result = Cuped.Means(arm, arm, 0.05).Value;
        Assert.Equal([1, 2], result.Dropped);
        Oracle.Near(alone.Adjusted.StandardError, result.Adjusted.StandardError, 1e-12);
    }

    [Fact]
    public void CupedRatio_PlainCovariateThatIsUnrelated_LeavesTheRatioTest()
    {
        double[] y = [3, 5, 2, 6, 4, 7], x = [2, 3, 1, 4, 3, 4], y2 = [4, 5, 3, 7, 4, 9], unrelated = [1, -1, 1, -1, 1, -1];
        var plain = RatioMetric.Compare(RatioMoments.FromValues(y, x), RatioMoments.FromValues(y2, x), 0.05).Value;
        var theta = Cuped.Ratios(JointMoments.FromColumns(y, x, unrelated), JointMoments.FromColumns(y2, x, unrelated), 0.05).Value;
        Oracle.Near(plain.Control.Ratio, theta.ControlMean, 1e-12);
        Oracle.Near(plain.Difference, theta.Adjusted.Difference, 1e-12);
        Assert.InRange(theta.VarianceReduction, -1e-9, 0.5);
    }

    [Fact]
    public void MissingCovariate_NewUsers_AreFilledAndMarked()
    {
        var filled = MissingCovariate.Fill([1, null, 3], [null, 2, 2], 0.05).Value;
        Assert.Equal([1, 2, 3], filled.Control);
        Assert.Equal([1, 0, 0], filled.TreatmentMissing);
        Assert.Equal(2, filled.Missing);
        Assert.Equal(0, filled.Shares.Value.Difference, 1e-15);
        Assert.False(MissingCovariate.Fill([null], [null], 0.05).IsEstimable);
        Assert.Throws<ArgumentException>(() => MissingCovariate.Fill([double.NaN], [1], 0.05));
    }

    [Fact]
    public void JointMoments_MergedHalves_EqualTheWhole()
    {
        var random = new Random(3);
        double[] a = [.. Enumerable.Range(0, 50).Select(_ => 1e6 + Draw.Normal(random))], b = [.. a.Select(x => 2 * x + Draw.Normal(random))];
        JointMoments whole = JointMoments.FromColumns(a, b), merged = JointMoments.FromColumns(a[..20], b[..20]).Merge(JointMoments.FromColumns(a[20..], b[20..]));
        for (var i = 0; i < 2; i++)
            for (var j = 0; j < 2; j++) Oracle.Near(whole.Covariance(i, j), merged.Covariance(i, j), 1e-9);
    }

    [Fact]
    public void Cuped_BadInput_IsRefusedOrExplained()
    {
        var arm = JointMoments.FromColumns([1, 2, 4], [1, 2, 3]);
        Assert.Throws<ArgumentException>(() => new JointMoments(5, [0, 0], new double[,] { { 1, 2 }, { 2, 1 } }));
        Assert.Throws<ArgumentException>(() => new JointMoments(5, [0, 0, 0], new double[,] { { 1, 0.9, 0.9 }, { 0.9, 1, -0.9 }, { 0.9, -0.9, 1 } }));
        Assert.Throws<ArgumentException>(() => new JointMoments(5, [0, 0], new double[,] { { 1, 0.5 }, { 0.4, 1 } }));
        Assert.Throws<ArgumentException>(() => Cuped.Means(JointMoments.FromColumns([1.0, 2]), JointMoments.FromColumns([1.0, 2]), 0.05));
        Assert.Throws<ArgumentOutOfRangeException>(() => Cuped.Means(arm, arm, 1));
        Assert.Contains("determine", Cuped.Means(JointMoments.FromColumns([2, 4, 6], [1, 2, 3]), JointMoments.FromColumns([2, 4, 8], [1, 2, 4]), 0.05).Reason, StringComparison.Ordinal);
        Assert.Contains("at least 2 units", Cuped.Means(JointMoments.FromColumns([2], [1]), arm, 0.05).Reason, StringComparison.Ordinal);
        Assert.Contains("denominator", Cuped.Ratios(JointMoments.FromColumns([1, 2], [-1, 1], [1, 2]), JointMoments.FromColumns([1, 2], [1, 1], [1, 2]), 0.05).Reason, StringComparison.Ordinal);
    }

    private static JointMoments Mean(JsonElement arm)
    {
        long n = arm.Count("n");
        JsonElement post = arm.GetProperty("post"), pre = arm.GetProperty("pre");
        var proportion = post.GetProperty("type").GetString() == "proportion";
        double Squares(JsonElement e) => proportion ? e.Number("sum") : e.Number("sum_squares");
        var products = arm.Number("post_pre_sum_of_products");
        return JointMoments.FromSums(n, [post.Number("sum"), pre.Number("sum")], new[,] { { Squares(post), products }, { products, Squares(pre) } });
    }

    private static JointMoments Narrowed(JointMoments m)
    {
        double Part(int i, int j) => m.Covariance(i, j) * (m.N - 1) / m.N;
        return new JointMoments(m.N, [m.Mean(0), m.Mean(1)], new[,] { { Part(0, 0), Part(0, 1) }, { Part(1, 0), Part(1, 1) } });
    }

    private static JointMoments Ratio(JsonElement arm)
    {
        string[] names = ["m_post", "d_post", "m_pre", "d_pre"];
        var products = new double[4, 4];
        for (var i = 0; i < 4; i++)
            for (var j = 0; j < 4; j++)
                products[i, j] = i == j ? arm.GetProperty(names[i])[1].GetDouble()
                    : arm.TryGetProperty($"{names[i]}_{names[j]}", out var p) ? p.GetDouble() : arm.Number($"{names[j]}_{names[i]}");
        return JointMoments.FromSums(arm.Count("n"), [.. names.Select(n => arm.GetProperty(n)[0].GetDouble())], products);
    }
}
