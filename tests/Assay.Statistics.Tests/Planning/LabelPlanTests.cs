namespace Assay.Statistics.Tests.Planning;

public sealed class LabelPlanTests
{
    [Fact]
    public void For_UselessJudge_NeedsAsManyAsAlone()
    {
        var labels = new LabelPlan(0.45, 0.4, 0, 10_000).For(0.03).Value;
        Assert.Equal(labels.Alone, labels.WithJudge);
        Assert.Equal(0, labels.Lambda);
        // z² σ² / h² = 864.3, and what t adds to z.
        Assert.InRange(labels.Alone, 865, 868);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.8)]
    public void For_UncutLambda_IsTheClosedFormOfTheVariance(double correlation)
    {
        var plan = new LabelPlan(0.45, 0.45, correlation, 8000);
        var r2 = correlation * correlation;
        Assert.Equal(0.2025 * ((1 - r2) / 500 + r2 / 8000), plan.Variance(500), 1e-15);
        var labels = plan.For(0.03).Value;
        Assert.True(labels.WithJudge < labels.Alone);
        Assert.InRange(labels.EquivalentLabels / labels.Alone, 0.99, 1.01);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void For_BetterJudgeOrWiderInterval_NeedsNoMore()
    {
        long before = long.MaxValue;
        foreach (var correlation in new[] { -0.5, 0, 0.3, 0.6, 0.9, 1 })
        {
            var now = new LabelPlan(0.5, 0.4, correlation, 6000).For(0.02).Value.WithJudge;
            Assert.True(now <= before);
            before = now;
        }
        var plan = new LabelPlan(0.5, 0.4, 0.7, 6000);
        Assert.True(plan.For(0.03).Value.WithJudge < plan.For(0.02).Value.WithJudge);
        Assert.True(plan.For(0.03, isDifference: true).Value.WithJudge > plan.For(0.03).Value.WithJudge);
    }

    [Fact]
    public void For_TooFewItems_IsNotEstimable() =>
        Assert.Contains("more items", new LabelPlan(0.5, 0.4, 0.9, 100).For(0.01).Reason, StringComparison.Ordinal);

    [Fact]
    [Trait("Kind", "calibration")]
    public void For_SimulatedWithThatManyLabels_TheIntervalHasTheWantedWidth()
    {
        const int seed = 20260711, items = 4000;
        var random = new Random(seed);
        // Label and judge agree in 85 of 100: both yes in half, so the correlation is .7.
        var plan = new LabelPlan(0.5, 0.5, 0.7, items);
        var labels = (int)plan.For(0.03).Value.WithJudge;
        double width = 0;
        for (var run = 0; run < 20; run++)
        {
            double[] human = new double[items], judge = new double[items];
            for (var i = 0; i < items; i++)
            {
                human[i] = random.Next(2);
                judge[i] = random.NextDouble() < 0.85 ? human[i] : 1 - human[i];
            }
            var estimate = PredictionPowered.Mean(new LabelledSample(human[..labels], judge[..labels], judge[labels..]), 0.05).Value;
            width += (estimate.Interval.High - estimate.Interval.Low) / 2 / 20;
        }
        Assert.True(Math.Abs(width - 0.03) < 0.001, $"seed {seed}: {width}");
    }

    [Fact]
    public void Misuse_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new LabelPlan(0, 0.4, 0.5, 1000));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LabelPlan(0.5, -1, 0.5, 1000));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LabelPlan(0.5, 0.4, 1.5, 1000));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LabelPlan(0.5, 0.4, 0.5, 51));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LabelPlan(0.5, 0.4, 0.5, 1000).For(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LabelPlan(0.5, 0.4, 0.5, 1000).Variance(1000));
    }
}
