using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Analysis.Tests.Building;

public sealed class PlannedSizeTests
{
    private static readonly AnalysisPlan s_plan = new() { MinimumEffect = new MinimumEffect(0.05, false), Baseline = 0.60 };

    [Theory]
    [InlineData(1, 2942)]
    [InlineData(4, 3000)]
    [InlineData(14, 3066)]
    public void For_ObrienFlemingLooks_IncludesTheInflation(int looks, long total) =>
        Assert.Equal(total, PlannedSize.For(GivenExperiment.With(plan: s_plan with { Looks = Equal(looks), Spending = "obrien-fleming" })));

    [Fact]
    public void For_RegisteredBoundaries_UsesWhatTheySpend()
    {
        var plan = s_plan with { Looks = [0.25, 0.5, 0.75, 1], Boundaries = [3.47, 2.45, 2.14, 2.01] };
        var design = GroupSequentialDesign.FromCriticalValues([0.25, 0.5, 0.75, 1], [3.47, 2.45, 2.14, 2.01]);
        Assert.Equal(GroupSequentialSampleSize.ForProportions(design, 0.60, 0.05).Total, PlannedSize.For(GivenExperiment.With(plan: plan)));
    }

    [Fact]
    public void For_ThreeVariantsWithLooks_SpendsHalfOfAlphaOnEach()
    {
        var plan = s_plan with { Looks = Equal(4), Spending = "pocock" };
        var design = GroupSequentialDesign.Spending(4, SpendingFunction.Pocock, 0.025);
        var control = GroupSequentialSampleSize.ForProportions(design, 0.60, 0.05).ControlExact;
        Assert.Equal(3 * (long)Math.Ceiling(control), PlannedSize.For(GivenExperiment.With(plan: plan, weights: [1, 1, 1])));
    }

    [Theory]
    [InlineData("hwang-shih-decani", PlannedDesign.DefaultGamma)]
    [InlineData("kim-demets", PlannedDesign.DefaultExponent)]
    public void For_SpendingWithoutParameter_TakesTheDocumentedOne(string spending, double parameter)
    {
        var plan = s_plan with { Looks = Equal(5), Spending = spending };
        Assert.Equal(
            PlannedSize.For(GivenExperiment.With(plan: plan with { SpendingParameter = parameter })), PlannedSize.For(GivenExperiment.With(plan: plan)));
    }

    [Fact]
    public void For_TwoPrimaries_SharesAlphaAsTheDecisionDoes()
    {
        var experiment = GivenExperiment.With(metrics: [GivenExperiment.Primary("resolution", "resolved"), GivenExperiment.Primary("copies", "copied")], plan: s_plan);
        Assert.Equal(SampleSize.ForProportions(0.60, 0.05, 0.025).Total, PlannedSize.For(experiment));
    }

    [Fact]
    public void For_SpreadOfOneUnit_SizesRatiosAndQuantilesToo()
    {
        var metric = new Metric { Name = "latency", Type = MetricType.Quantile, Quantile = 0.95, Better = Direction.Lower, Missing = MissingRule.Exclude, Source = new MetricSource("generation", "latencyMs", AggregateKind.Last, null, null) };
        var plan = new AnalysisPlan { MinimumEffect = new MinimumEffect(100, false), StandardDeviation = 2000 };
        var normal = NormalSampleSize.For(4e6, 4e6, 100).Total;
        Assert.InRange(PlannedSize.For(GivenExperiment.With(metrics: [new ExperimentMetric(metric, MetricRole.Primary)], plan: plan))!.Value, normal, normal + 6);
    }

    [Fact]
    public void For_EffectOutOfReach_IsNull() =>
        Assert.Null(PlannedSize.For(GivenExperiment.With(plan: s_plan with { MinimumEffect = new MinimumEffect(1e-9, false) })));

    [Fact]
    public void For_PowerNotAboveAlpha_IsNull() =>
        Assert.Null(PlannedSize.For(GivenExperiment.With(plan: s_plan with { Power = 0.04 })));

    private static System.Collections.Immutable.ImmutableArray<double> Equal(int looks) =>
        looks == 1 ? [] : [.. Enumerable.Range(1, looks).Select(k => (double)k / looks)];

    [Fact]
    public void For_PrimariesOfTwoTypes_IsTheLargerOfWhatThePlanDescribes()
    {
        ExperimentMetric share = GivenExperiment.Primary(), mean = new(GivenExperiment.Mean("csat"), MetricRole.Primary);
        var plan = s_plan with { StandardDeviation = 1.2 };
        long first = SampleSize.ForProportions(0.60, 0.05, 0.025).Total, second = SampleSize.ForMeans(1.2, 0.05, 0.025).Total;
        Assert.True(second > first);
        Assert.Equal(second, PlannedSize.For(GivenExperiment.With(metrics: [share, mean], plan: plan)));
        Assert.Equal(first, PlannedSize.For(GivenExperiment.With(metrics: [share, mean], plan: s_plan)));
        Assert.Equal(first, PlannedSize.For(GivenExperiment.With(metrics: [share, mean], plan: plan), share.Metric));
        // Without the first the plan has no size, whatever it says of others.
        Assert.Null(PlannedSize.For(GivenExperiment.With(metrics: [mean, share], plan: s_plan)));
    }

    [Fact]
    public void For_DeclaredFutility_IsTheMaximumOfTheDesignThatObeysIt()
    {
        var plan = s_plan with { Looks = Equal(4), Spending = "obrien-fleming", Futility = "pocock" };
        var design = GroupSequentialDesign.Spending([0.25, 0.5, 0.75, 1], SpendingFunction.OBrienFleming, 0.05);
        var planned = PlannedSize.For(GivenExperiment.With(plan: plan))!.Value;
        Assert.Equal(SequentialSize.For(SampleSize.ForProportions(0.60, 0.05), design, 0.8, 1, SpendingFunction.Pocock).Maximum.Total, planned);
        Assert.True(planned > PlannedSize.For(GivenExperiment.With(plan: plan with { Futility = null })));
    }
}
