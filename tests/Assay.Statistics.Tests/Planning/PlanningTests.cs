using FsCheck;
using FsCheck.Fluent;
using static Assay.Statistics.Tests.Draw;

namespace Assay.Statistics.Tests.Planning;

public sealed class PlanningTests
{
    [Fact]
    [Trait("Kind", "property")]
    public void ForProportions_LargerEffect_NeedsNoMore() => Prop.ForAll(Plans(), plan =>
    {
        var room = 1 - plan.Baseline;
        return SampleSize.ForProportions(plan.Baseline, room * plan.Share, 0.05, plan.Power, plan.Ratio).ControlExact
            > SampleSize.ForProportions(plan.Baseline, room * plan.Share * 1.05, 0.05, plan.Power, plan.Ratio).ControlExact;
    }).QuickCheckThrowOnFailure();

    [Fact]
    [Trait("Kind", "property")]
    public void ForProportions_MorePowerOrLessAlpha_NeedsMore() => Prop.ForAll(Plans(), plan =>
    {
        var effect = (1 - plan.Baseline) * plan.Share;
        var plain = SampleSize.ForProportions(plan.Baseline, effect, 0.05, plan.Power, plan.Ratio).ControlExact;
        return SampleSize.ForProportions(plan.Baseline, effect, 0.05, plan.Power + 0.01, plan.Ratio).ControlExact > plain
            && SampleSize.ForProportions(plan.Baseline, effect, 0.04, plan.Power, plan.Ratio).ControlExact > plain;
    }).QuickCheckThrowOnFailure();

    [Fact]
    [Trait("Kind", "property")]
    public void ForProportions_ThenPowerAndDetectableEffect_ComeBack() => Prop.ForAll(Plans(), plan =>
    {
        var effect = (1 - plan.Baseline) * plan.Share;
        var n = SampleSize.ForProportions(plan.Baseline, effect, 0.05, plan.Power, plan.Ratio).ControlExact;
        return Near(Power.ForProportions(plan.Baseline, effect, n, n * plan.Ratio, 0.05), plan.Power, 1e-9)
            && Near(DetectableEffect.ForProportions(plan.Baseline, n, n * plan.Ratio, 0.05, plan.Power).Value, effect, 1e-9);
    }).QuickCheckThrowOnFailure();

    // The examples of R's help pages of power.prop.test and power.t.test, and of the package pwr.
    [Fact]
    [Trait("Kind", "reference")]
    public void Sizes_RsExamples_AreTheSame()
    {
        Assert.Equal(76.7, SampleSize.ForProportions(0.50, 0.25, 0.05, 0.9).ControlExact, 0.05);
        Assert.Equal(22.02110, SampleSize.ForMeans(1, 1, 0.05, 0.9).ControlExact, 5e-5);
        Assert.Equal(63.76561, SampleSize.ForMeans(1, 0.5).ControlExact, 5e-5);
        Assert.Equal(0.8689528, Power.ForMeans(1, 1, 20, 20, 0.05), 5e-7);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void ForProportions_ReturnedSize_ReachesThePowerAndOneLessDoesNot() => Prop.ForAll(Plans(), plan =>
    {
        var effect = (1 - plan.Baseline) * plan.Share;
        var n = SampleSize.ForProportions(plan.Baseline, effect, 0.05, plan.Power);
        return n.Control <= 2 || (Power.ForProportions(plan.Baseline, effect, n.Control, n.Treatment, 0.05) >= plan.Power - 1e-12
            && Power.ForProportions(plan.Baseline, effect, n.Control - 1, n.Treatment - 1, 0.05) < plan.Power);
    }).QuickCheckThrowOnFailure();

    [Theory]
    [Trait("Kind", "property")]
    [InlineData(1, 0.5, 0.8, 1)]
    [InlineData(3, 0.07, 0.9, 0.25)]
    [InlineData(1, 4, 0.8, 1)]
    [InlineData(1, 12, 0.99, 3)]
    public void ForMeans_ThenPowerAndDetectableEffect_ComeBack(double standardDeviation, double effect, double power, double ratio)
    {
        var n = SampleSize.ForMeans(standardDeviation, effect, 0.05, power, ratio).ControlExact;
        Assert.Equal(power, Power.ForMeans(standardDeviation, effect, n, n * ratio, 0.05), 1e-9);
        Assert.Equal(effect, DetectableEffect.ForMeans(standardDeviation, n, n * ratio, 0.05, power), 1e-7 * effect);
    }

    [Fact]
    public void ForMeans_ScaledUnits_NeedsTheSame() =>
        Assert.Equal(SampleSize.ForMeans(2, 0.3).ControlExact, SampleSize.ForMeans(2000, 300).ControlExact, 1e-6);

    [Fact]
    public void ForProportions_ZeroEffectOrImpossibleRate_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => SampleSize.ForProportions(0.6, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => SampleSize.ForProportions(0.6, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => SampleSize.ForProportions(0, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => SampleSize.ForProportions(0.6, 0.05, ratio: 0));
    }

    [Fact]
    public void ForProportions_UpToCertainty_IsAllowed() => Assert.True(SampleSize.ForProportions(0.6, 0.4).Control > 2);

    [Fact]
    public void DetectableEffect_HopelesslyFewUnits_IsNotEstimable()
    {
        Assert.Contains("too few units", DetectableEffect.ForProportions(0.9, 4, 4).Reason, StringComparison.Ordinal);
        Assert.Contains("too few units", DetectableEffect.ForRelativeMeans(1, 100, 10).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void DetectableEffect_Decrease_IsNegativeAndNotTheMirror()
    {
        var down = DetectableEffect.ForProportions(0.9, 500, 500, decrease: true).Value;
        var up = DetectableEffect.ForProportions(0.9, 500, 500).Value;
        Assert.True(down < 0 && -down > up, $"{down}, {up}");
    }

    [Fact]
    [Trait("Kind", "calibration")]
    public void ForProportions_SimulatedAtThePlannedSize_HasThePlannedPower()
    {
        const int seed = 20260105, runs = 2000;
        var random = new Random(seed);
        var needed = SampleSize.ForProportions(0.3, 0.1);
        var rejected = 0;
        for (var run = 0; run < runs; run++)
        {
            var result = TwoProportions.Compare(Draw(needed.Control, 0.3), Draw(needed.Treatment, 0.4), 0.05).Value;
            if (result.PValue.Value <= 0.05) rejected++;
        }
        var slack = 4 * Math.Sqrt(0.8 * 0.2 / runs) + 0.005;
        Assert.True(Math.Abs((double)rejected / runs - 0.8) < slack, $"seed {seed}: {rejected} of {runs}");

        Proportion Draw(long n, double p)
        {
            long successes = 0;
            for (long i = 0; i < n; i++) if (random.NextDouble() < p) successes++;
            return new Proportion(successes, n);
        }
    }

    private static Arbitrary<(double Baseline, double Share, double Power, double Ratio)> Plans() =>
        (from baseline in Gen.Choose(1, 98)
         from share in Gen.Choose(1, 900)
         from power in Gen.Choose(50, 97)
         from ratio in Gen.Elements(0.25, 0.5, 1, 2, 4)
         select (baseline / 100.0, share / 1000.0, power / 100.0, ratio)).ToArbitrary();
}
