namespace Assay.Statistics.Tests.Diagnostics;

public sealed class EffectTrendTests
{
    [Fact]
    public void ByDaySinceExposure_SlopeOfUnits_IsWelchOnEachUnitsOwnSlope()
    {
        double?[][] control = [[1, 2, 4], [0, 1, 0], [2, 2, 3], [1, 0, 1]], treatment = [[3, 2, 1], [4, 2, 2], [2, 3, 1], [3, 1, 1]];
        var test = EffectTrend.ByDaySinceExposure(CohortDays.FromValues(control, 3).Value, CohortDays.FromValues(treatment, 3).Value, 0.05).Value;
        // Over three days the least-squares slope of a unit is half the way from its first to its last.
        double[] c = [.. control.Select(u => (u[2]!.Value - u[0]!.Value) / 2)], t = [.. treatment.Select(u => (u[2]!.Value - u[0]!.Value) / 2)];
        var welch = WelchT.Compare(SampleMoments.FromValues(c), SampleMoments.FromValues(t), 0.05).Value;
        Assert.Equal(welch.Difference, test.Slope, 1e-12);
        Assert.Equal(welch.StandardError, test.StandardError, 1e-12);
        Assert.Equal(TrendShape.Fading, test.Shape);
    }

    [Fact]
    public void FromValues_UnitsThatMissDays_CountOnlyOnThoseTheyWereSeen()
    {
        var cohort = CohortDays.FromValues([[1, null, 3], [3, 5, null], [null, 7, 5]], 3).Value;
        Assert.Equal([2, 6, 4], cohort.Values);
        // Day 0: pulls (1 − 2)·3/2 and (3 − 2)·3/2 over 3 units.
        Assert.Equal(Math.Sqrt(2 * 2.25 / 2 / 3), cohort.StandardErrors[0], 1e-12);
    }

    [Fact]
    public void FromValues_NothingToGoBy_IsNotEstimable()
    {
        Assert.Contains("at least 2 units", CohortDays.FromValues([[1, 2]], 2).Reason, StringComparison.Ordinal);
        Assert.Contains("no unit was seen on day 1", CohortDays.FromValues([[1, null], [2, null]], 2).Reason, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => CohortDays.FromValues([[1, 2, 3], [1, 2]], 3));
        Assert.Throws<ArgumentException>(() => CohortDays.FromValues([[1, double.NaN], [1, 2]], 2));
    }

    [Fact]
    public void Independent_EqualErrors_IsTheLeastSquaresLine()
    {
        var test = EffectTrend.Independent([0, 1, 2, 3], [0.8, 0.5, 0.4, 0.1], [0.1, 0.1, 0.1, 0.1], 0.05).Value;
        Assert.Equal(-0.22, test.Slope, 1e-12);
        Assert.Equal(0.1 / Math.Sqrt(5), test.StandardError, 1e-12);
        Assert.Equal(0.45 + 1.5 * 0.22, test.First, 1e-12);
        Assert.Equal(0.45 - 1.5 * 0.22, test.Last, 1e-12);
        Assert.Equal(TrendShape.Fading, test.Shape);
        Assert.Equal(TrendShape.Growing, EffectTrend.Independent([0, 1, 2], [-0.1, -0.4, -0.8], [1, 1, 1], 0.05).Value.Shape);
    }

    [Fact]
    public void Independent_FewDaysOrBadArguments_SaySo()
    {
        Assert.Contains("at least 3 days", EffectTrend.Independent([1, 1, 2], [1, 2, 3], [1, 1, 1], 0.05).Reason, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => EffectTrend.Independent([1, 2, 3], [1, 2, 3], [1, 0, 1], 0.05));
        Assert.Throws<ArgumentOutOfRangeException>(() => EffectTrend.Independent([1, 2, 3], [1, 2, 3], [1, 1, 1], 1));
        Assert.Throws<ArgumentException>(() => EffectTrend.Independent([1, 2, 3], [1, 2], [1, 1, 1], 0.05));
    }

    [Fact]
    [Trait("Kind", "calibration")]
    public void ByDaySinceExposure_UnitsThatStayAsTheyAre_RejectAtAlpha()
    {
        const int seed = 20260312, runs = 2_000, units = 150, days = 7;
        var random = new Random(seed);
        int rejected = 0, naive = 0;
        for (var run = 0; run < runs; run++)
        {
            Estimated<CohortDays> c = Arm(), t = Arm();
            var test = EffectTrend.ByDaySinceExposure(c.Value, t.Value, 0.05).Value;
            if (test.PValue < 0.05) rejected++;
            double[] errors = [.. c.Value.StandardErrors.Zip(t.Value.StandardErrors, double.Hypot)], effects = [.. t.Value.Values.Zip(c.Value.Values, (a, b) => a - b)];
            if (EffectTrend.Independent([0, 1, 2, 3, 4, 5, 6], effects, errors, 0.05).Value.PValue < 0.05) naive++;
        }
        Assert.True(Math.Abs(rejected - 0.05 * runs) < 4 * Math.Sqrt(runs * 0.0475), $"seed {seed}: {rejected} of {runs}");
        // Taking a unit's days for independent hides the trend behind what units differ in: far too few rejections, and no power.
        Assert.True(naive < rejected / 2, $"seed {seed}: {naive} of {runs}");

        Estimated<CohortDays> Arm() => CohortDays.FromValues([.. Enumerable.Range(0, units).Select(_ =>
        {
            var own = 2 * Draw.Normal(random);
            return Enumerable.Range(0, days).Select(_ => random.NextDouble() < 0.2 ? null : (double?)(10 + own + Draw.Normal(random))).ToArray();
        })], days);
    }
}
