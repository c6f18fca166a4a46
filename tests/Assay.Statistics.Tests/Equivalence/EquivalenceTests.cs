using Assay.Statistics.Tests.Reference;

namespace Assay.Statistics.Tests.EquivalenceMethods;

public sealed class EquivalenceTests
{
    private static readonly SampleMoments Control = new(200, 5, 4), Treatment = new(220, 5.1, 5);

    [Fact]
    public void Means_IntervalInsideTheMargins_ExactlyWhenEquivalent()
    {
        foreach (var margin in new[] { 0.1, 0.3, 0.4, 0.42, 0.45, 0.6 })
        {
            var test = Equivalence.Means(Control, Treatment, -margin, margin, 0.05).Value;
            Assert.Equal(test.Interval.Low > -margin && test.Interval.High < margin, test.Equivalent);
        }
        Assert.True(Equivalence.Means(Control, Treatment, -0.6, 0.6, 0.05).Value.Equivalent);
        Assert.False(Equivalence.Means(Control, Treatment, -0.3, 0.3, 0.05).Value.Equivalent);
    }

    [Fact]
    public void Means_MarginsAtTheDifference_HaveAPOfOneHalf()
    {
        var test = Equivalence.Test(0.2, 0.1, 30, -1, 0.2, 0.05);
        Oracle.Near(0.5, test.UpperPValue, 1e-12);
        Oracle.Near(0.5, test.PValue, 1e-12);
    }

    [Fact]
    public void NonInferiority_BoundBeyondTheMargin_ExactlyWhenNotShown()
    {
        foreach (var (margin, better) in new[] { (0.1, true), (0.2, true), (0.3, true), (0.3, false), (0.5, false) })
        {
            var test = NonInferiority.Means(Control, Treatment, margin, better, 0.025).Value;
            Assert.Equal(better ? test.Bound > -margin : test.Bound < margin, test.NonInferior);
        }
    }

    [Fact]
    public void NonInferiority_MarginZero_IsTheOneSidedTest()
    {
        Oracle.Near(WelchT.Compare(Control, Treatment, 0.05, Alternative.Greater).Value.PValue, NonInferiority.Means(Control, Treatment, 0, true, 0.05).Value.PValue, 1e-12);
        Proportion c = new(120, 200), t = new(140, 210);
        Oracle.Near(TwoProportions.Compare(c, t, 0.05).Value.PValue.Value / 2, NonInferiority.Proportions(c, t, 0, true, 0.05).Value.PValue, 1e-9);
        Oracle.Near(NonInferiority.Proportions(c, t, 0.05, true, 0.05).Value.PValue,
            NonInferiority.Proportions(new(80, 200), new(70, 210), 0.05, false, 0.05).Value.PValue, 1e-9);
    }

    [Fact]
    [Trait("Kind", "calibration")]
    public void NonInferiority_ProportionsExactlyAtTheMargin_RejectAboutAlpha()
    {
        // Every pair of outcomes of 60 against 60 at p_C = .7, p_T = .6 and margin .1, weighed by its probability.
        double[] control = Masses(60, 0.7), treatment = Masses(60, 0.6);
        double rejected = 0;
        for (var c = 0; c <= 60; c++)
            for (var t = 0; t <= 60; t++)
                if (NonInferiority.Proportions(new(c, 60), new(t, 60), 0.1, true, 0.05) is { IsEstimable: true, Value.NonInferior: true }) rejected += control[c] * treatment[t];
        Assert.InRange(rejected, 0.04, 0.055);

        static double[] Masses(int n, double p)
        {
            var mass = new double[n + 1];
            mass[0] = Math.Pow(1 - p, n);
            for (var k = 1; k <= n; k++) mass[k] = mass[k - 1] * (n - k + 1) / k * p / (1 - p);
            return mass;
        }
    }

    [Fact]
    public void Proportions_NothingHappenedInEitherArm_StillShowsEquivalence()
    {
        // 0 of 500 against 0 of 500: no pooled variance, yet at a margin of 2 points there is one.
        Assert.True(Equivalence.Proportions(new(0, 500), new(0, 500), -0.02, 0.02, 0.05).Value.Equivalent);
        Assert.True(NonInferiority.Proportions(new(0, 500), new(0, 500), 0.02, false, 0.05).Value.NonInferior);
        Assert.Contains("no variance", NonInferiority.Proportions(new(0, 500), new(0, 500), 0, false, 0.05).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void RobustMeans_OneHugeValue_DecidesNothing()
    {
        double[] control = [.. Enumerable.Range(0, 50).Select(i => (double)i)], treatment = [.. control.Select(v => v + 1)];
        treatment[0] = 1e6;
        var cap = PooledCap.FromValues(control, treatment, 0, 0.98).Value;
        Assert.True(cap.High < 51);
        Assert.Equal(double.NegativeInfinity, cap.Low);
        var capped = RobustMeans.Winsorised(control, treatment, cap, 0.05).Value;
        var trimmed = RobustMeans.Trimmed(control, treatment, cap, 0.05).Value;
        Assert.InRange(capped.Of.Difference, 0, 3);
        Assert.InRange(trimmed.Of.Difference, 0, 3);
        Assert.Equal(2.0 / 50, capped.Beyond.Value.Difference, 1e-12);
        Assert.True(WelchT.Compare(SampleMoments.FromValues(control), SampleMoments.FromValues(treatment), 0.05).Value.Difference > 10_000);
    }

    [Fact]
    public void RobustMeans_LimitsAtInfinity_AreWelchsTest()
    {
        double[] control = [1, 5, 2, 8], treatment = [3, 9, 4, 7];
        var cap = PooledCap.FromValues(control, treatment, 0, 1).Value;
        Assert.Equal(
            WelchT.Compare(SampleMoments.FromValues(control), SampleMoments.FromValues(treatment), 0.05).Value,
            RobustMeans.Winsorised(control, treatment, cap, 0.05).Value.Of);
    }

    [Fact]
    public void BadInput_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Equivalence.Test(0, 1, 10, 1, -1, 0.05));
        Assert.Throws<ArgumentOutOfRangeException>(() => Equivalence.Test(0, 0, 10, -1, 1, 0.05));
        Assert.Throws<ArgumentOutOfRangeException>(() => Equivalence.Test(0, 1, 10, -1, 1, 0.6));
        Assert.Throws<ArgumentOutOfRangeException>(() => NonInferiority.Means(Control, Treatment, -1, true, 0.05));
        Assert.Throws<ArgumentOutOfRangeException>(() => NonInferiority.Proportions(new(1, 2), new(1, 2), 1, true, 0.05));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PooledCap(2, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => PooledCap.FromValues([1], [2], 0.5, 0.5));
        Assert.False(PooledCap.FromValues([], [], 0, 0.9).IsEstimable);
        Assert.Contains("at least 1 trial", Equivalence.Proportions(new(0, 0), new(1, 2), -0.1, 0.1, 0.05).Reason, StringComparison.Ordinal);
    }
}
