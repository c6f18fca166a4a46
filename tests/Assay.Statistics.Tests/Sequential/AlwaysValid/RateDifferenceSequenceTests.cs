namespace Assay.Statistics.Tests.Sequential.AlwaysValid;

public sealed class RateDifferenceSequenceTests
{
    [Theory]
    [Trait("Kind", "property")]
    [InlineData(0.5, 0.1)]
    [InlineData(0.2, 0.02)]
    [InlineData(0.7, -0.3)]
    public void Against_NoDifference_IsTheEProcessOfTwoRates(double share, double effect)
    {
        const double baseline = 0.3;
        var sequence = new RateDifferenceSequence(baseline, Math.Abs(effect), share);
        var process = new BernoulliEProcess(baseline, Math.Abs(effect), share, Alternative.Less);
        foreach (var (c, t) in new[] { (30L, 20L), (20L, 30L), (0L, 0L), (300L, 1L) })
        {
            Proportion control = new(c, 400), treatment = new(t, 350);
            Assert.Equal(process.Of(control, treatment).Log, sequence.Against(0, control, treatment).Log, 1e-9);
        }
    }

    [Theory]
    [Trait("Kind", "property")]
    [InlineData(0.1, 0.5)]
    [InlineData(0, 0.5)]
    [InlineData(-0.15, 0.5)]
    [InlineData(0.4, 0.3)]
    public void Against_RatesOfTheHypothesis_HasMeanAtMostOne(double difference, double share)
    {
        // One unit's factor is linear in the rates, so the corners and edge of the hypothesis bound all of it; units are independent.
        var sequence = new RateDifferenceSequence(0.3, 0.1, share);
        for (var control = Math.Max(0, -difference); control <= Math.Min(1, 1 - difference) + 1e-12; control += 0.05)
            foreach (var beyond in new[] { 0, 0.05, 0.5 })
            {
                double c = Math.Min(1, control), t = c + difference + beyond;
                if (t > 1) continue;
                foreach (var n in new[] { 1, 3, 8 }) Assert.True(Mean(sequence, difference, n, c, t, share) <= 1 + 1e-9, $"{c} {t} {n}");
            }
    }

    [Fact]
    [Trait("Kind", "property")]
    public void UpperLimit_Inverts_TheTest()
    {
        var sequence = new RateDifferenceSequence(0.6, 0.05);
        Proportion control = new(1800, 3000), treatment = new(1830, 3000);
        var limit = sequence.UpperLimit(control, treatment, 0.025);
        Assert.True(sequence.Against(limit - 1e-9, control, treatment).PValue > 0.025);
        for (var d = limit + 1e-9; d < 0.999; d += 0.013) Assert.True(sequence.Against(d, control, treatment).PValue <= 0.025, $"{d}");
        for (var d = 0.01; d < limit; d += 0.002) Assert.True(sequence.Against(d, control, treatment).PValue > 0.025, $"{d}");
    }

    [Fact]
    [Trait("Kind", "property")]
    public void LowerLimit_IsTheUpperLimitOfFailures()
    {
        RateDifferenceSequence up = new(0.6, 0.05, 0.4), down = new(0.4, 0.05, 0.4);
        Assert.Equal(-up.UpperLimit(new(550, 1000), new(420, 700), 0.05), down.LowerLimit(new(450, 1000), new(280, 700), 0.05), 1e-9);
    }

    [Theory]
    [InlineData(1800, 1700)]
    [InlineData(1800, 1660)]
    [InlineData(1800, 1900)]
    [InlineData(60, 10)]
    public void UpperLimit_ExcludesZero_ExactlyWhenTheEProcessRejects(long control, long treatment)
    {
        Proportion c = new(control, 3000), t = new(treatment, 3000);
        var limit = new RateDifferenceSequence(0.5, 0.05).UpperLimit(c, t, 0.025);
        Assert.Equal(new BernoulliEProcess(0.5, 0.05, 0.5, Alternative.Less).Of(c, t).PValue <= 0.025, limit < 0);
        Assert.True(limit >= t.Rate - c.Rate);
    }

    [Fact]
    public void UpperLimit_ManyUnits_IsAlmostAsNarrowAsTheAsymptoticSequence()
    {
        Proportion c = new(1765, 2942), t = new(1765, 2942);
        var asymptotic = AsymptoticConfidenceSequence.Compare(c.ToMoments(), t.ToMoments(), 0.025, 5884, Alternative.Less).Value.Interval.High;
        Assert.InRange(new RateDifferenceSequence(0.6, 0.05).UpperLimit(c, t, 0.025), asymptotic, 1.2 * asymptotic);
        // The plan expected another rate.
        Assert.InRange(new RateDifferenceSequence(0.3, 0.05).UpperLimit(c, t, 0.025), asymptotic, 1.5 * asymptotic);
    }

    [Fact]
    [Trait("Kind", "calibration")]
    public void UpperLimit_LookedAtAllTheTime_MissesNoMoreOftenThanAlpha()
    {
        const int runs = 400, seed = 20_261_127;
        var random = new RandomStream(seed, 0);
        var sequence = new RateDifferenceSequence(0.5, 0.05);
        var missed = 0;
        for (var run = 0; run < runs; run++)
        {
            long c = 0, t = 0;
            for (var look = 1; look <= 20; look++)
            {
                c += random.Binomial(100, 0.4);
                t += random.Binomial(100, 0.46);
                if (sequence.UpperLimit(new(c, 100 * look), new(t, 100 * look), 0.1) >= 0.06) continue;
                missed++;
                break;
            }
        }
        Assert.True(missed <= 69, $"{missed} of {runs}, the 1 - 1e-4 quantile at .1 is 64 (seed {seed})");
    }

    [Fact]
    public void Limits_DegenerateData_AreTheWidestOrExact()
    {
        var sequence = new RateDifferenceSequence(0.02, 0.01);
        Assert.Equal((1, -1), (sequence.UpperLimit(new(0, 0), new(5, 10), 0.05), sequence.LowerLimit(new(0, 0), new(5, 10), 0.05)));
        Assert.Equal(1, sequence.UpperLimit(new(0, 3), new(3, 3), 0.05));
        Assert.InRange(sequence.UpperLimit(new(0, 1_000_000_000), new(0, 1_000_000_000), 0.05), 0, 1e-3);
        Assert.InRange(sequence.UpperLimit(new(1_000_000_000, 1_000_000_000), new(0, 1_000_000_000), 0.05), -1, -0.9);
    }

    [Fact]
    public void Misuse_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>("baseline", () => new RateDifferenceSequence(1, 0.1));
        Assert.Throws<ArgumentOutOfRangeException>("effect", () => new RateDifferenceSequence(0.5, 0));
        Assert.Throws<ArgumentOutOfRangeException>("treatmentShare", () => new RateDifferenceSequence(0.5, 0.1, 1));
        var sequence = new RateDifferenceSequence(0.5, 0.1);
        Assert.Throws<ArgumentOutOfRangeException>("alpha", () => sequence.UpperLimit(new(1, 2), new(1, 2), double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("alpha", () => sequence.LowerLimit(new(1, 2), new(1, 2), 0));
        Assert.Throws<ArgumentOutOfRangeException>("difference", () => sequence.Against(1, new(1, 2), new(1, 2)));
    }

    // Over all outcomes of n units, each in the treatment with the known share.
    private static double Mean(RateDifferenceSequence sequence, double difference, int n, double control, double treatment, double share)
    {
        double mean = 0;
        for (var treated = 0; treated <= n; treated++)
            for (var c = 0; c <= n - treated; c++)
                for (var t = 0; t <= treated; t++)
                    mean += Binomial(n, treated, share) * Binomial(n - treated, c, control) * Binomial(treated, t, treatment)
                        * sequence.Against(difference, new(c, n - treated), new(t, treated)).Value;
        return mean;
    }

    private static double Binomial(int n, int k, double p)
    {
        double ways = 1;
        for (var i = 1; i <= k; i++) ways *= (double)(n - k + i) / i;
        return ways * Math.Pow(p, k) * Math.Pow(1 - p, n - k);
    }
}
