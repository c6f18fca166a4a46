using FsCheck;
using FsCheck.Fluent;
using static Assay.Statistics.Tests.Draw;

namespace Assay.Statistics.Tests.Lift;

public sealed class RelativeLiftTests
{
    private const double Alpha = 0.05;

    [Fact]
    [Trait("Kind", "property")]
    public void Delta_Scaled_StaysTheSame() => Prop.ForAll(Estimates(), arms =>
    {
        LiftComparison plain = RelativeLift.Delta(arms.Control, arms.Treatment, Alpha).Value,
            scaled = RelativeLift.Delta(Scale(arms.Control), Scale(arms.Treatment), Alpha).Value;
        return Near(plain.Lift, scaled.Lift, 1e-9) && Near(plain.Interval, scaled.Interval, 1e-9) && Near(plain.PValue, scaled.PValue, 1e-9);
        static MeanEstimate Scale(MeanEstimate x) => new(1000 * x.Value, 1000 * x.StandardError);
    }).QuickCheckThrowOnFailure();

    [Fact]
    [Trait("Kind", "property")]
    public void Delta_SignOfTheControl_NeverTurnsTheDirection() => Prop.ForAll(Estimates(), arms =>
        Math.Sign(RelativeLift.Delta(arms.Control, arms.Treatment, Alpha).Value.Lift) == Math.Sign(arms.Treatment.Value - arms.Control.Value)).QuickCheckThrowOnFailure();

    [Fact]
    [Trait("Kind", "property")]
    public void Fieller_Significance_IsThatOfTheAbsoluteDifference() => Prop.ForAll(Estimates(), arms =>
    {
        var interval = RelativeLift.Fieller(arms.Control, arms.Treatment, Alpha);
        if (!interval.IsEstimable) return Math.Abs(arms.Control.Value) <= 1.96 * arms.Control.StandardError;
        var z = Math.Abs(arms.Treatment.Value - arms.Control.Value) / double.Hypot(arms.Control.StandardError, arms.Treatment.StandardError);
        return Math.Abs(z - 1.959963984540054) < 1e-9 || interval.Value.Contains(0) == z < 1.959963984540054;
    }).QuickCheckThrowOnFailure();

    [Fact]
    [Trait("Kind", "property")]
    public void Fieller_PreciseControl_ApproachesDelta() => Prop.ForAll(Estimates(), arms =>
    {
        MeanEstimate control = new(arms.Control.Value, Math.Abs(arms.Control.Value) * 1e-5);
        var delta = RelativeLift.Delta(control, arms.Treatment, Alpha).Value;
        var fieller = RelativeLift.Fieller(control, arms.Treatment, Alpha).Value;
        return Near(delta.Interval, fieller, 1e-4);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Delta_ControlIsZero_IsNotEstimable()
    {
        Assert.Contains("control is 0", RelativeLift.Delta(new MeanEstimate(0, 1), new MeanEstimate(2, 1), Alpha).Reason, StringComparison.Ordinal);
        Assert.Contains("control is 0", RelativeLift.Fieller(new MeanEstimate(0, 1), new MeanEstimate(2, 1), Alpha).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Fieller_ControlNotToldFromZero_IsNotEstimable() =>
        Assert.Contains("no bounds", RelativeLift.Fieller(new MeanEstimate(1, 0.6), new MeanEstimate(2, 0.1), Alpha).Reason, StringComparison.Ordinal);

    [Fact]
    public void Delta_NoErrorAtAll_IsNotEstimable() => Assert.False(RelativeLift.Delta(new MeanEstimate(1, 0), new MeanEstimate(2, 0), Alpha).IsEstimable);

    [Fact]
    public void Delta_TenPercentMore_IsTenPercent()
    {
        var result = RelativeLift.Delta(new MeanEstimate(0.6, 0.01), new MeanEstimate(0.66, 0.01), Alpha).Value;
        Assert.Equal(0.1, result.Lift, 1e-14);
        Assert.Equal(Math.Sqrt(0.0001 / 0.36 + 0.0001 * 0.66 * 0.66 / (0.36 * 0.36)), result.StandardError, 1e-14);
    }

    private static Arbitrary<(MeanEstimate Control, MeanEstimate Treatment)> Estimates() =>
        (from c in Gen.Choose(-1000, 1000).Where(x => x != 0)
         from sc in Gen.Choose(1, 100)
         from t in Gen.Choose(-1000, 1000)
         from st in Gen.Choose(1, 100)
         select (new MeanEstimate(c / 10.0, sc / 20.0), new MeanEstimate(t / 10.0, st / 20.0))).ToArbitrary();
}
