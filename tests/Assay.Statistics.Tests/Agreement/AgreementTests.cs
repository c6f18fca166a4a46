using System.Text.Json;
using Assay.Statistics.Tests.Reference;

namespace Assay.Statistics.Tests.Agreement;

public sealed class AgreementTests
{
    [Fact]
    [Trait("Kind", "reference")]
    public void CohensKappa_StatsmodelsCases_Agree()
    {
        foreach (var c in Oracle.Cases("cohens-kappa"))
        {
            int[] a = [.. c.Input.Counts("raterA").Select(x => (int)x)], b = [.. c.Input.Counts("raterB").Select(x => (int)x)];
            var k = Math.Max(a.Max(), b.Max()) + 1;
            var plain = CohensKappa.Estimate(a, b, k, KappaWeights.Unweighted, 0.05).Value;
            c.Check("agreement", plain.ObservedAgreement);
            c.Check("kappa", plain.Coefficient);
            c.Check("linear", CohensKappa.Estimate(a, b, k, KappaWeights.Linear, 0.05).Value.Coefficient);
            c.Check("quadratic", CohensKappa.Estimate(a, b, k, KappaWeights.Quadratic, 0.05).Value.Coefficient);
            Assert.True(plain.Interval.Value.Contains(plain.Coefficient));
        }
    }

    [Fact]
    [Trait("Kind", "reference")]
    public void Krippendorff_PublishedExample_AgreesOnFourScales()
    {
        var c = Oracle.Cases("krippendorff-alpha")[0];
        double?[][] ratings = [.. c.Input.GetProperty("ratings").EnumerateArray().Select(row =>
            row.EnumerateArray().Select(v => v.ValueKind == JsonValueKind.Null ? (double?)null : v.GetDouble()).ToArray())];
        foreach (var (key, scale) in new[] { ("nominal", RatingScale.Nominal), ("ordinal", RatingScale.Ordinal), ("interval", RatingScale.Interval), ("ratio", RatingScale.Ratio) })
        {
            var result = KrippendorffAlpha.Estimate(ratings, scale, 0.05).Value;
            c.Check(key, result.Coefficient);
            Assert.Equal(11, result.Items);
            Assert.True(result.TooFewToTell);
        }
    }

    [Fact]
    [Trait("Kind", "reference")]
    public void FleissKappa_PublishedExample_Is21Hundredths()
    {
        // The ten subjects and fourteen raters that encyclopaedias print: kappa .210, observed .378.
        int[][] counts =
        [
            [0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1],
            [7, 7, 0, 0, 0], [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7],
        ];
        var result = FleissKappa.Estimate(counts, 0.05).Value;
        Oracle.Rounded(0.210, result.Coefficient, 3);
        Oracle.Rounded(0.378, result.ObservedAgreement, 3);
    }

    [Fact]
    [Trait("Kind", "reference")]
    public void Agreement_SixOfEight_HasTheWilsonInterval()
    {
        var interval = Wilson.Interval(new(6, 8), 0.05);
        Oracle.Rounded(0.41, interval.Low, 2);
        Oracle.Rounded(0.93, interval.High, 2);
    }

    [Fact]
    public void TwoRaters_KrippendorffAndFleiss_AgreeUpToTheirSmallSampleTerm()
    {
        var random = new Random(8);
        int[] a = [.. Enumerable.Range(0, 400).Select(_ => random.Next(3))], b = [.. a.Select(x => random.NextDouble() < 0.7 ? x : random.Next(3))];
        var fleiss = FleissKappa.Estimate([.. a.Select((x, i) => Enumerable.Range(0, 3).Select(c => (x == c ? 1 : 0) + (b[i] == c ? 1 : 0)).ToArray())], 0.05).Value;
        var krippendorff = KrippendorffAlpha.Estimate([[.. a.Select(x => (double?)x)], [.. b.Select(x => (double?)x)]], RatingScale.Nominal, 0.05).Value;
        var cohen = CohensKappa.Estimate(a, b, 3, KappaWeights.Unweighted, 0.05).Value;
        // alpha = kappa + (1 − kappa) / N with N ratings.
        Oracle.Near(fleiss.Coefficient + (1 - fleiss.Coefficient) / 800, krippendorff.Coefficient, 1e-12);
        Oracle.Near(cohen.StandardError.Value, fleiss.StandardError.Value, 0.05);
        Oracle.Near(cohen.StandardError.Value, krippendorff.StandardError.Value, 0.05);
    }

    [Fact]
    [Trait("Kind", "calibration")]
    public void CohensKappa_RatersWithKnownAgreement_CoversIt()
    {
        // The second rater copies with probability .6 and else draws from the same thirds: kappa is .6.
        const int runs = 1000;
        var random = new Random(31);
        var covered = 0;
        for (var run = 0; run < runs; run++)
        {
            int[] a = [.. Enumerable.Range(0, 100).Select(_ => random.Next(3))], b = [.. a.Select(x => random.NextDouble() < 0.6 ? x : random.Next(3))];
            if (CohensKappa.Estimate(a, b, 3, KappaWeights.Unweighted, 0.05).Value.Interval.Value.Contains(0.6)) covered++;
        }
        Assert.InRange(covered / (double)runs, 0.92, 0.98);
    }

    [Fact]
    public void RaterAgreement_TwoRaters_HasWilsonsInterval()
    {
        var result = RaterAgreement.Estimate([[2, 0], [2, 0], [0, 2], [1, 1], [2, 0], [0, 2], [1, 1], [2, 0]], 0.05).Value;
        var expected = Wilson.Interval(new(6, 8), 0.05);
        Oracle.Near(0.75, result.Share, 1e-12);
        Oracle.Near(expected.Low, result.Interval.Low, 1e-12);
        Oracle.Near(expected.High, result.Interval.High, 1e-12);
    }

    [Fact]
    public void RaterAgreement_OneCategoryOnly_IsFullWithAnInterval()
    {
        var result = RaterAgreement.Estimate([[3, 0], [3, 0], [3, 0], [3, 0]], 0.05).Value;
        Assert.Equal(1, result.Share);
        Assert.Equal(Wilson.Interval(new(4, 4), 0.05), result.Interval);
    }

    [Fact]
    public void RaterAgreement_ItemsAllAlike_StillHasAWidth()
    {
        // Each item's agreement is ½, so that the items' own error is none.
        var interval = RaterAgreement.Estimate([[3, 1], [1, 3], [3, 1]], 0.05).Value.Interval;
        Assert.True(interval.Low < 0.3 && interval.High > 0.7);
        Assert.Contains("no items", RaterAgreement.Estimate([], 0.05).Reason, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => RaterAgreement.Estimate([[2, 0], [1, 0]], 0.05));
    }

    [Theory]
    [Trait("Kind", "calibration")]
    [InlineData(10, 3, 0.95)]
    [InlineData(20, 5, 0.8)]
    [InlineData(50, 4, 0.7)]
    public void RaterAgreement_KnownAgreement_IsCovered(int items, int raters, double accuracy)
    {
        const int runs = 1000;
        var random = new Random(47);
        var covered = 0;
        for (var run = 0; run < runs; run++)
        {
            int[][] counts = [.. Enumerable.Range(0, items).Select(_ => Enumerable.Range(0, raters).Count(_ => random.NextDouble() < accuracy)).Select(right => (int[])[right, raters - right])];
            if (RaterAgreement.Estimate(counts, 0.05).Value.Interval.Contains(accuracy * accuracy + (1 - accuracy) * (1 - accuracy))) covered++;
        }
        Assert.InRange(covered / (double)runs, 0.9, 0.985);
    }

    [Fact]
    public void DegenerateInput_SaysWhy()
    {
        var full = CohensKappa.Estimate([0, 1, 1], [0, 1, 1], 2, KappaWeights.Unweighted, 0.05).Value;
        Assert.Equal(1, full.Coefficient, 1e-12);
        Assert.False(full.Interval.IsEstimable);
        Assert.Contains("one category", CohensKappa.Estimate([1, 1], [1, 1], 2, KappaWeights.Unweighted, 0.05).Reason, StringComparison.Ordinal);
        Assert.Contains("equal", KrippendorffAlpha.Estimate([[1, 1], [1, 1]], RatingScale.Nominal, 0.05).Reason, StringComparison.Ordinal);
        Assert.Contains("2 units", KrippendorffAlpha.Estimate([[1, null], [1, 2]], RatingScale.Nominal, 0.05).Reason, StringComparison.Ordinal);
        Assert.Contains("one category", FleissKappa.Estimate([[2, 0], [2, 0]], 0.05).Reason, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => FleissKappa.Estimate([[2, 0], [1, 0]], 0.05));
        Assert.Throws<ArgumentOutOfRangeException>(() => CohensKappa.Estimate([2], [0], 2, KappaWeights.Unweighted, 0.05));
        Assert.Throws<ArgumentException>(() => KrippendorffAlpha.Estimate([[1, 2], [1]], RatingScale.Nominal, 0.05));
        Assert.Throws<ArgumentException>(() => KrippendorffAlpha.Estimate([[-1, 2], [1, 2]], RatingScale.Ratio, 0.05));
    }
}
