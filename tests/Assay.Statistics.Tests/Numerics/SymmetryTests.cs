using FsCheck;
using FsCheck.Fluent;
using static Assay.Statistics.Tests.Draw;

namespace Assay.Statistics.Tests.Numerics;

/// <summary>What must hold whichever arm is called the control, whatever the unit, and however the data were cut.</summary>
[Trait("Kind", "property")]
public sealed class SymmetryTests
{
    [Fact]
    public void SwappedArms_TurnDifferencesAndKeepPValues() => Prop.ForAll(Values(3), Values(3), (a, b) =>
    {
        SampleMoments x = SampleMoments.FromValues(a), y = SampleMoments.FromValues(b);
        MeanComparison xy = WelchT.Compare(x, y, 0.05).Value, yx = WelchT.Compare(y, x, 0.05).Value, sxy = StudentT.Compare(x, y, 0.05).Value, syx = StudentT.Compare(y, x, 0.05).Value;
        var (mxy, myx) = (MannWhitney.Compare(a, b, 0.05), MannWhitney.Compare(b, a, 0.05));
        return Mirror(xy, yx) && Mirror(sxy, syx) && mxy.IsEstimable == myx.IsEstimable && (!mxy.IsEstimable || Near(mxy.Value.PValue, myx.Value.PValue, 1e-9));

        static bool Mirror(MeanComparison p, MeanComparison q) =>
            Near(p.Difference, -q.Difference, 1e-9) && Near(p.PValue, q.PValue, 1e-9) && Near(p.Interval, Flip(q.Interval), 1e-9);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void SwappedArms_Proportions_TurnTheIntervalAndFisherKeepsItsP() => Prop.ForAll(Draw.Proportions(), arms =>
    {
        ProportionComparison ab = TwoProportions.Compare(arms.Control, arms.Treatment, 0.05).Value, ba = TwoProportions.Compare(arms.Treatment, arms.Control, 0.05).Value;
        return Near(ab.Difference, -ba.Difference, 1e-12) && Near(ab.NewcombeInterval, Flip(ba.NewcombeInterval), 1e-12)
            && ab.PValue.IsEstimable == ba.PValue.IsEstimable && (!ab.PValue.IsEstimable || Near(ab.PValue.Value, ba.PValue.Value, 1e-12));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void OtherUnit_ScalesDifferencesAndKeepsPValues() => Prop.ForAll(Values(3), Values(3), Gen.Choose(-6, 6).ToArbitrary(), (a, b, power) =>
    {
        var factor = Math.Pow(10, power);
        MeanComparison plain = WelchT.Compare(SampleMoments.FromValues(a), SampleMoments.FromValues(b), 0.05).Value,
            scaled = WelchT.Compare(SampleMoments.FromValues([.. a.Select(v => v * factor)]), SampleMoments.FromValues([.. b.Select(v => v * factor)]), 0.05).Value;
        return Math.Abs(plain.Statistic - scaled.Statistic) <= 1e-9 * Math.Max(1, Math.Abs(plain.Statistic)) && Near(plain.PValue, scaled.PValue, 1e-9)
            && Math.Abs(plain.Interval.High * factor - scaled.Interval.High) <= 1e-9 * factor * Math.Max(1, Math.Abs(plain.Interval.High) + Math.Abs(plain.Difference));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void RatioMoments_AnySplit_EqualsPooledAndSums() => Prop.ForAll(Values(2), Values(2), (a, b) =>
    {
        double[] d = [.. a.Select((x, i) => 5 + x / 1000 + i % 3)], e = [.. b.Select((x, i) => 5 + x / 1000 + i % 2)];
        RatioMoments merged = RatioMoments.FromValues(a, d).Merge(RatioMoments.FromValues(b, e)), pooled = RatioMoments.FromValues([.. a, .. b], [.. d, .. e]),
            sums = RatioMoments.FromSums(pooled.N, a.Sum() + b.Sum(), d.Sum() + e.Sum(), a.Sum(x => x * x) + b.Sum(x => x * x), d.Sum(x => x * x) + e.Sum(x => x * x),
                a.Zip(d).Sum(p => p.First * p.Second) + b.Zip(e).Sum(p => p.First * p.Second));
        return Close(merged, pooled) && Close(sums, pooled);

        static bool Close(RatioMoments p, RatioMoments q) => p.N == q.N && Near(p.MeanNumerator, q.MeanNumerator, 1e-9) && Near(p.VarianceNumerator, q.VarianceNumerator, 1e-8)
            && Near(p.VarianceDenominator, q.VarianceDenominator, 1e-8) && Near(p.Covariance, q.Covariance, 1e-8);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Proportions_MomentsAndRawData_Agree() => Prop.ForAll(Draw.Proportions(), arms =>
    {
        double[] raw = [.. Enumerable.Range(0, (int)arms.Control.Trials).Select(i => i < arms.Control.Successes ? 1.0 : 0.0)];
        SampleMoments fromRaw = SampleMoments.FromValues(raw), fromCounts = arms.Control.ToMoments();
        return fromRaw.N == fromCounts.N && Near(fromRaw.Mean, fromCounts.Mean, 1e-12) && Near(fromRaw.Variance, fromCounts.Variance, 1e-12);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void SpendingFunctions_SpendMoreWithTimeAndAllAtTheEnd() => Prop.ForAll(Gen.Choose(1, 999).ToArbitrary(), Gen.Choose(1, 999).ToArbitrary(), Gen.Choose(1, 400).ToArbitrary(), (s, t, a) =>
    {
        double early = Math.Min(s, t) / 1000.0, late = Math.Max(s, t) / 1000.0, alpha = a / 1000.0;
        return Functions().All(f => f.Spent(early, alpha) <= f.Spent(late, alpha) && f.Spent(late, alpha) <= alpha * (1 + 1e-12) && Near(f.Spent(1, alpha), alpha, 1e-12) && f.Spent(early, alpha) >= 0);

        static IEnumerable<SpendingFunction> Functions() =>
            [SpendingFunction.OBrienFleming, SpendingFunction.Pocock, SpendingFunction.HwangShihDeCani(-4), SpendingFunction.HwangShihDeCani(2), SpendingFunction.KimDeMets(3)];
    }).QuickCheckThrowOnFailure();

    [Fact]
    [Trait("Kind", "reference")]
    public void AnyOf_TwentyIndependentTrueNulls_FallsBelowFivePercentWithProbability6415()
    {
        const int seed = 20260316, runs = 40_000;
        var random = new Random(seed);
        int naive = 0, corrected = 0;
        var p = new double[20];
        for (var run = 0; run < runs; run++)
        {
            for (var i = 0; i < p.Length; i++) p[i] = StandardNormal.TwoSidedTail(Draw.Normal(random));
            if (p.Min() < 0.05) naive++;
            if (Multiplicity.Holm(p).Min() < 0.05) corrected++;
        }
        Assert.Equal(0.6415, Math.Round(1 - Math.Pow(0.95, 20), 4));
        Assert.True(Math.Abs(naive - 0.6415 * runs) < 4 * Math.Sqrt(runs * 0.6415 * 0.3585), $"seed {seed}: {naive} of {runs}");
        Assert.True(Math.Abs(corrected - 0.0488 * runs) < 4 * Math.Sqrt(runs * 0.0488 * 0.9512), $"seed {seed}: {corrected} of {runs}");
    }
}
