using Assay.Statistics.Tests.Reference;

namespace Assay.Statistics.Tests.Clusters;

public sealed class VarianceComponentsTests
{
    [Fact]
    public void Estimate_AdditiveValues_HaveTheHandComputedParts()
    {
        // Case effects 0, 2; answers ±1 within each case; judges 0, 3: no interaction and no rest.
        var values = new double[2, 2, 2];
        for (var c = 0; c < 2; c++)
            for (var r = 0; r < 2; r++)
                for (var j = 0; j < 2; j++) values[c, r, j] = 2 * c + (r == 0 ? -1 : 1) + 3 * j;
        var split = VarianceComponents.Estimate(values).Value;
        Oracle.Near(2, split.Generation, 1e-12);
        Oracle.Near(4.5, split.JudgeSeverity, 1e-12);
        // Means of the cases differ by 2: variance 2, of which half a generation's variance is chance.
        Oracle.Near(1, split.Case, 1e-12);
        Assert.Equal(0, split.Verdict);
        Oracle.Near(split.Case + split.Generation + split.Judge, split.Total, 1e-12);
    }

    [Fact]
    [Trait("Kind", "calibration")]
    public void Estimate_DrawnValues_AreRightOnAverage()
    {
        var random = new Random(11);
        double[] truth = [1.0, 0.5, 0.3, 0.2, 0.4], sum = new double[5];
        const int runs = 400;
        for (var run = 0; run < runs; run++)
        {
            double N(double variance) => Math.Sqrt(variance) * Draw.Normal(random);
            double[] judge = [.. Enumerable.Range(0, 6).Select(_ => N(truth[2]))];
            var values = new double[40, 3, 6];
            for (var c = 0; c < 40; c++)
            {
                var own = N(truth[0]);
                double[] taste = [.. judge.Select(_ => N(truth[3]))];
                for (var r = 0; r < 3; r++)
                {
                    var answer = N(truth[1]);
                    for (var j = 0; j < 6; j++) values[c, r, j] = own + answer + judge[j] + taste[j] + N(truth[4]);
                }
            }
            var split = VarianceComponents.Estimate(values).Value;
            double[] parts = [split.Case, split.Generation, split.JudgeSeverity, split.JudgeByCase, split.Verdict];
            for (var i = 0; i < 5; i++) sum[i] += parts[i] / runs;
        }
        for (var i = 0; i < 5; i++) Assert.Equal(truth[i], sum[i], 0.05);
    }

    [Fact]
    public void Estimate_OneOfSomething_SaysWhatIsNeeded()
    {
        Assert.Contains("2 judges", VarianceComponents.Estimate(new double[5, 2, 1]).Reason, StringComparison.Ordinal);
        Assert.False(VarianceComponents.Estimate(new double[5, 1, 2]).IsEstimable);
        Assert.Equal(0, VarianceComponents.Estimate(new double[3, 2, 2]).Value.Total);
    }
}
