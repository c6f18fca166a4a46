namespace Assay.Statistics;

/// <summary>How many units an experiment with one control and one treatment needs.</summary>
/// <param name="ControlExact">The control's number before rounding.</param>
/// <param name="Control">Rounded up.</param>
/// <param name="Treatment">Ratio · <paramref name="ControlExact"/>, rounded up.</param>
public sealed record RequiredSample(double ControlExact, long Control, long Treatment)
{
    /// <summary>Both arms together.</summary>
    public long Total => Control + Treatment;

    /// <summary>Units in each arm when both are of one size; null when they differ.</summary>
    public long? PerArm => Control == Treatment ? Control : null;

    internal static RequiredSample FromExact(double control, double ratio) => new(control, RoundUp(control), RoundUp(control * ratio));

    // A number that is whole but for rounding stays; a real fraction of a unit is one more unit.
    private static long RoundUp(double units) => units < 1e18 ? (long)Math.Max(2, Math.Ceiling(units * (1 - 1e-13)))
        : throw new ArgumentOutOfRangeException(nameof(units), units, "more units than can be counted would be needed: the effect is too small, or the arms are too unequal");
}
