namespace Assay.Statistics.Tests.Allocation;

/// <summary>Closed-form tests leave nothing to the garbage collector: a report asks thousands of them.</summary>
public sealed class ClosedFormTests
{
    private static readonly SampleMoments Control = new(400, 3.1, 1.7), Treatment = new(420, 3.4, 2.2);
    private static readonly Proportion ControlShare = new(240, 400), TreatmentShare = new(270, 420);
    private static readonly RatioMoments ControlRatio = new(400, 5, 2, 3, 1, 0.8), TreatmentRatio = new(420, 5.5, 2.1, 3.2, 1.1, 0.7);
    private static readonly RatioMoments FewRatio = new(60, 0.5, 0.2, 0.9, 0.6, 0.3);
    private static readonly QuantileMoments ControlQuantile = new(0.95, 900, 400, 2000, 1900, 2150, 1.96), TreatmentQuantile = new(0.95, 900, 400, 2100, 2000, 2250, 1.96);
    private static readonly long[] Observed = [5010, 4990, 5100];
    private static readonly double[] Weights = [1, 1, 1], Before = [1, 2, 3, 4, 5.5, 6], After = [1.5, 2.2, 3.1, 4.9, 5.4, 7];
    private static readonly BernoulliEProcess Process = new(0.6, 0.05);
    private static readonly GroupSequentialDesign Design = GroupSequentialDesign.Spending(4, SpendingFunction.OBrienFleming);

    public static TheoryData<string> Tests => [.. All.Keys];

    private static Dictionary<string, Action> All { get; } = new()
    {
        ["two proportions"] = () => Read(TwoProportions.Compare(ControlShare, TreatmentShare, 0.05)),
        ["Welch"] = () => Read(WelchT.Compare(Control, Treatment, 0.05)),
        ["Student"] = () => Read(StudentT.Compare(Control, Treatment, 0.05)),
        ["paired t"] = () => Read(PairedT.Compare(Before, After, 0.05)),
        ["paired t from moments"] = () => Read(PairedT.FromDifferences(Control, 0.05)),
        ["McNemar"] = () => Read(McNemar.Compare(14, 31)),
        ["ratio, delta"] = () => Read(RatioMetric.Compare(ControlRatio, TreatmentRatio, 0.05)),
        ["ratio, Fieller"] = () => Read(RatioMetric.Compare(FewRatio, TreatmentRatio, 0.05)),
        ["one ratio"] = () => Read(RatioMetric.Estimate(ControlRatio, 0.05)),
        ["quantile difference"] = () => Read(QuantileDifference.Compare(ControlQuantile, TreatmentQuantile, 0.05)),
        ["lift"] = () => Read(RelativeLift.Delta(Control, Treatment, 0.05)),
        ["lift, Fieller"] = () => Read(RelativeLift.Fieller(MeanEstimate.Of(Control), MeanEstimate.Of(Treatment), 0.05)),
        ["equivalence of means"] = () => Read(Equivalence.Means(Control, Treatment, -1, 1, 0.05)),
        ["equivalence of proportions"] = () => Read(Equivalence.Proportions(ControlShare, TreatmentShare, -0.1, 0.1, 0.05)),
        ["non-inferiority of means"] = () => Read(NonInferiority.Means(Control, Treatment, 0.2, true, 0.025)),
        ["non-inferiority of proportions"] = () => Read(NonInferiority.Proportions(ControlShare, TreatmentShare, 0.05, true, 0.025)),
        ["sample ratio"] = () => Read(SampleRatio.ChiSquare(Observed, Weights)),
        ["sequential sample ratio"] = () => Read(SequentialSampleRatio.Test(Observed, Weights)),
        ["confidence sequence"] = () => Read(AsymptoticConfidenceSequence.Compare(Control, Treatment, 0.05, 1000)),
        ["mixture test"] = () => MixtureSprt.Around(0.3, 0.1, 0.01),
        ["hybrid"] = () => Hybrid.Of(0.3, 0.1, 800, 1000, true),
        ["e-process"] = () => Process.Of(ControlShare, TreatmentShare),
        ["group-sequential stop"] = () => Design.StopsAt([1.2, 2.1, 2.4]),
        ["repeated interval"] = () => Design.RepeatedInterval(3, 0.3, 0.1),
        ["power of two proportions"] = () => Power.ForProportions(0.6, 0.05, 1471, 1471, 0.05),
        ["power of two means"] = () => Power.ForMeans(1.2, 0.1, 1000, 1000, 0.05),
        ["normal power"] = () => NormalSampleSize.Power(2, 3, 0.1, 1000, 2000, 0.05),
        ["detectable effect"] = () => NormalSampleSize.DetectableEffect(2, 3, 1000, 2000),
        ["a unit's variance of a ratio"] = () => Read(UnitVariance.OfRatio(ControlRatio)),
        ["a unit's variance of a quantile"] = () => Read(UnitVariance.OfQuantile(ControlQuantile)),
        ["power of non-inferiority"] = () => MarginSampleSize.NonInferiorityPowerOfProportions(0.8, 0, 0.05, true, 1000, 1000, 0.025),
        ["power of equivalence"] = () => MarginSampleSize.EquivalencePowerOfMeans(1, 0.2, 0, 400, 400, 0.05),
        ["merge"] = () => Control.Merge(Treatment),
    };

    [Theory]
    [MemberData(nameof(Tests))]
    public void Test_OnSoundData_AllocatesNothing(string name)
    {
        var test = All[name];
        // The first calls may still be compiled, or fill a table.
        for (var i = 0; i < 50; i++) test();
        var least = long.MaxValue;
        for (var round = 0; round < 5; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 100; i++) test();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        Assert.Equal(0, least);
    }

    [Fact]
    public void Measure_OfAnAllocation_SeesIt()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var kept = new double[10];
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before >= 80 && kept.Length == 10);
    }

    // Whatever is asked must have an answer, or the test measures a refusal.
    private static void Read<T>(Estimated<T> result)
    {
        if (!result.IsEstimable) throw new InvalidOperationException(result.Reason);
    }
}
