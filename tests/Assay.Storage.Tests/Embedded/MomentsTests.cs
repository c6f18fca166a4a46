using Assay.Events;
using Assay.Experiments;
using static Assay.Storage.Tests.Given;

namespace Assay.Storage.Tests.Embedded;

public sealed class MomentsTests
{
    [Fact]
    public async Task ReadMoments_ProportionMeanRatio_AreThoseOfTheUnits()
    {
        var ratio = Metric("cost", MetricType.Ratio, "generation", AggregateKind.Sum, "costUsd", denominator: new MetricSource("resolved", "value", AggregateKind.Sum));
        var moments = await MomentsAsync([Proportion("resolved"), Mean("csat"), ratio],
        [
            Exposure("a", "control"), Exposure("b", "control"), Exposure("c", "treatment"), Exposure("d", "treatment"),
            Outcome("a", "resolved"), Outcome("b", "resolved", 0), Outcome("c", "resolved", 1), Outcome("c", "resolved", 1, 2),
            Outcome("a", "csat", 4), Outcome("a", "csat", 5), Outcome("b", "csat", 3), Outcome("d", "csat", 2),
            Generation("a", costUsd: 0.5), Generation("a", costUsd: 0.25), Generation("b", costUsd: 1), Generation("c", costUsd: 2),
        ]);

        Assert.Equal([new ArmUnits("control", 2, 0), new ArmUnits("treatment", 2, 0)], moments.Arms);
        var resolved = moments.Metrics[0].Arms;
        Assert.Equal((2, 1, 0.5), (resolved[0].Units, resolved[0].Successes, resolved[0].Mean));
        Assert.Equal((2, 2, 0.5), (resolved[0].Matured, resolved[0].Answered, resolved[0].Variance));
        Assert.Equal((2, 1, 1), (resolved[1].Units, resolved[1].Successes, resolved[1].Answered));
        var csat = moments.Metrics[1].Arms;
        Assert.Equal((2, 3.75, 1.125), (csat[0].Units, csat[0].Mean, csat[0].Variance));
        Assert.Equal((1, 2, 0), (csat[1].Units, csat[1].Mean, csat[1].Variance));
        var cost = moments.Metrics[2].Arms;
        Assert.Equal((2, 0.875, 0.03125), (cost[0].Units, cost[0].Mean, cost[0].Variance));
        Assert.Equal((0.5, 0.5, -0.125, 1), (cost[0].DenominatorMean, cost[0].DenominatorVariance, cost[0].Covariance, cost[0].NonZeroDenominators));
        Assert.Equal((1, 2, 2), (cost[1].Units, cost[1].Mean, cost[1].DenominatorMean));
        Assert.Equal(At(2), moments.DataUntil);
    }

    [Fact]
    public async Task ReadMoments_WithoutEvents_GivesEmptyArms()
    {
        var moments = await MomentsAsync([Proportion("resolved"), Quantile("latency", 0.95)], []);

        Assert.Null(moments.DataUntil);
        Assert.Equal([new ArmUnits("control", 0, 0), new ArmUnits("treatment", 0, 0)], moments.Arms);
        Assert.All(moments.Metrics, m => Assert.Equal([0L, 0], m.Arms.Select(a => a.Units)));
        Assert.Null(moments.Metrics[1].Arms[0].Quantile);
    }
}
