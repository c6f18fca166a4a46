using Assay.Statistics.Tests.Reference;

namespace Assay.Statistics.Tests.Sequential.AlwaysValid;

public sealed class MixtureSprtTests
{
    [Fact]
    [Trait("Kind", "reference")]
    public void Around_LikelihoodRatio_EqualsTheIntegralOverEffects()
    {
        const double estimate = 0.4, error = 0.15, mixing = 0.09;
        // ∫ N(d; θ, V) N(θ; 0, τ²) dθ / N(d; 0, V) by the trapezoid rule.
        double sum = 0;
        const double step = 1e-3;
        for (var theta = -3.0; theta <= 3; theta += step)
            sum += Math.Exp((theta * estimate - theta * theta / 2) / (error * error) - theta * theta / (2 * mixing)) * step / Math.Sqrt(2 * Math.PI * mixing);
        Oracle.Near(1 / sum, MixtureSprt.Around(estimate, error, mixing).PValue, 1e-9);
    }

    [Theory]
    [Trait("Kind", "property")]
    [InlineData(0.2)]
    [InlineData(-0.7)]
    public void Around_EndOfTheInterval_HasPValueAlphaWhenTested(double estimate)
    {
        var interval = MixtureSprt.Around(estimate, 0.1, 0.04, 0.03).Interval;
        Assert.Equal(0.03, MixtureSprt.Around(estimate - interval.Low, 0.1, 0.04).PValue, 1e-12);
        Assert.Equal(0.03, MixtureSprt.Around(estimate - interval.High, 0.1, 0.04).PValue, 1e-12);
    }

    [Fact]
    public void MixingVarianceFor_PlannedError_MatchesTheConfidenceSequenceTunedThere()
    {
        // SE² = σ² · 4 / n: the mixture of the sequence at N* is the one tuned at the error of N*.
        const double target = 20_000;
        var mixing = MixtureSprt.MixingVarianceFor(2 / Math.Sqrt(target));
        foreach (var n in new[] { 500L, 20_000, 90_000 })
        {
            var error = 2 / Math.Sqrt(n);
            AlwaysValidEstimate mixture = MixtureSprt.Around(0.01, error, mixing), sequence = AsymptoticConfidenceSequence.Around(0.01, error, n, 0.05, target);
            Oracle.Near(sequence.HalfWidth, mixture.HalfWidth, 1e-12);
            Oracle.Near(sequence.PValue, mixture.PValue, 1e-12);
        }
    }

    [Fact]
    public void Around_Misuse_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>("mixingVariance", () => MixtureSprt.Around(1, 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>("estimate", () => MixtureSprt.Around(double.NaN, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>("plannedStandardError", () => MixtureSprt.MixingVarianceFor(0));
    }
}
