namespace Assay.Statistics.Tests.Diagnostics;

public sealed class AssignmentChecksTests
{
    [Fact]
    [Trait("Kind", "reference")]
    public void Independence_ByHand_Agrees()
    {
        // Expected 30, 20, 30, 20: chi-square 100/30 + 100/20 + 100/30 + 100/20 = 16.67.
        var test = AssignmentChecks.Independence(new long[,] { { 40, 10 }, { 20, 30 } }).Value;
        Assert.Equal(50.0 / 3, test.ChiSquare, 1e-12);
        Assert.Equal(1, test.DegreesOfFreedom);
        Assert.Equal(StandardNormal.TwoSidedTail(Math.Sqrt(50.0 / 3)), test.PValue, 1e-15);
    }

    [Fact]
    public void Independence_RowsWithoutUnits_StayOut()
    {
        Assert.Equal(
            AssignmentChecks.Independence(new long[,] { { 40, 10 }, { 20, 30 } }).Value,
            AssignmentChecks.Independence(new long[,] { { 40, 0, 10 }, { 0, 0, 0 }, { 20, 0, 30 } }).Value);
        Assert.Contains("at least 2 rows", AssignmentChecks.Independence(new long[,] { { 1, 2 } }).Reason, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => AssignmentChecks.Independence(new long[,] { { 1, -2 }, { 1, 1 } }));
    }

    [Fact]
    public void Uniformity_EvenlySpread_IsFine()
    {
        var test = AssignmentChecks.Uniformity([.. Enumerable.Range(0, 100).Select(i => (i + 0.5) / 100)], 0.05).Value;
        Assert.Equal(0.005, test.Distance, 1e-12);
        Assert.Equal(1, test.PValue, 1e-6);
        Assert.Equal(0.05, test.ShareBelowAlpha, 1e-12);
    }

    [Fact]
    [Trait("Kind", "reference")]
    public void Uniformity_CriticalDistance_HasItsPrintedTail()
    {
        // Stephens (1974): (√n + .12 + .11/√n)·D exceeds 1.358 with probability .05 and 1.628 with .01.
        const int n = 400;
        foreach (var (critical, tail) in new[] { (1.358, 0.05), (1.628, 0.01) })
        {
            var distance = critical / (20 + 0.12 + 0.11 / 20);
            double[] p = [.. Enumerable.Range(1, n).Select(i => Math.Max(0, (double)i / n - distance))];
            Assert.Equal(tail, AssignmentChecks.Uniformity(p, 0.05).Value.PValue, 2e-4);
        }
    }

    [Fact]
    public void Uniformity_FewOrBad_SaySo()
    {
        Assert.Contains("at least 20", AssignmentChecks.Uniformity([0.1, 0.5], 0.05).Reason, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => AssignmentChecks.Uniformity([1.5], 0.05));
        Assert.Throws<ArgumentOutOfRangeException>(() => AssignmentChecks.Uniformity([0.5], 0));
    }

    [Fact]
    [Trait("Kind", "calibration")]
    public void Uniformity_TrueNulls_AreFlaggedAtAlphaAndBrokenTestsAlways()
    {
        const int seed = 20260313, runs = 5_000;
        var random = new Random(seed);
        var flagged = 0;
        for (var run = 0; run < runs; run++)
            if (AssignmentChecks.Uniformity([.. Enumerable.Range(0, 100).Select(_ => random.NextDouble())], 0.05).Value.PValue < 0.05) flagged++;
        Assert.True(Math.Abs(flagged - 0.05 * runs) < 4 * Math.Sqrt(runs * 0.0475), $"seed {seed}: {flagged} of {runs}");
        // Standard errors a third too small.
        double[] broken = [.. Enumerable.Range(0, 1000).Select(_ => StandardNormal.TwoSidedTail(1.5 * Draw.Normal(random)))];
        Assert.True(AssignmentChecks.Uniformity(broken, 0.05).Value.PValue < 1e-6);
    }
}
