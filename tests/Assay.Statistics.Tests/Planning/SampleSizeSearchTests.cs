using System.Globalization;

namespace Assay.Statistics.Tests.Planning;

/// <summary>The quick search for the size of a t test against bisection, which cannot go wrong.</summary>
public sealed class SampleSizeSearchTests
{
    [Fact]
    public void ForMeans_GridOfDesigns_IsWhatBisectionFinds()
    {
        var compared = 0;
        foreach (var effect in new[] { 0.002, 0.05, 0.31, -0.5, 1, 2.7, 40 })
            foreach (var alpha in new[] { 0.0005, 0.05, 0.3 })
                foreach (var power in new[] { 0.35, 0.8, 0.999 })
                    foreach (var ratio in new[] { 0.2, 1, 3.5 })
                    {
                        var found = SampleSize.ForMeans(1.3, effect, alpha, power, ratio);
                        var exact = Bisected(1.3, effect, alpha, power, ratio);
                        // With a fraction of a degree of freedom the power itself has fewer digits; such sizes are the smallest there are.
                        Assert.True(Math.Abs(found.ControlExact / exact - 1) < (exact < 2 ? 1e-6 : 1e-9),
                            string.Create(CultureInfo.InvariantCulture, $"effect {effect}, alpha {alpha}, power {power}, ratio {ratio}: {found.ControlExact} instead of {exact}"));
                        Assert.Equal((RoundedUp(exact), RoundedUp(exact * ratio)), (found.Control, found.Treatment));
                        compared++;
                    }
        Assert.Equal(7 * 3 * 3 * 3, compared);
    }

    [Fact]
    public void ForMeans_UsualDesign_AsksForFewPowers()
    {
        var asked = 0;
        var n = Root.OfPower(
            n =>
            {
                asked++;
                return Power.ForMeans(1.2, 0.1, n, n, 0.05);
            },
            0.8, 0.1 / 1.2 / Math.Sqrt(2), 2260, 1);
        Assert.Equal(SampleSize.ForMeans(1.2, 0.1).ControlExact, n, 6);
        Assert.InRange(asked, 2, 6);
    }

    private static double Bisected(double standardDeviation, double effect, double alpha, double power, double ratio)
    {
        var low = 2 / (1 + ratio) * (1 + 1e-6);
        var high = low * 2;
        while (PowerAt(high) < power) (low, high) = (high, high * 2);
        return Root.OfIncreasing(n => PowerAt(n) - power, low, high);

        double PowerAt(double n) => Power.ForMeans(standardDeviation, effect, n, n * ratio, alpha);
    }

    private static long RoundedUp(double units) => (long)Math.Max(2, Math.Ceiling(units * (1 - 1e-13)));
}
