namespace Assay.Statistics;

/// <summary>What several looks make of the size of a test with one look: the planned maximum, and what is expected to be needed.</summary>
/// <param name="Maximum">Units when no look stops the experiment.</param>
/// <param name="InflationFactor">The maximum over the size with one look.</param>
/// <param name="ExpectedFractionAtEffect">Mean share of the maximum that is used when the effect is what was planned for.</param>
/// <param name="ExpectedFractionWithoutEffect">The same when there is none.</param>
/// <param name="Futility">The bounds for giving up, or null; obeying them is counted on in both means, never in the error rate.</param>
public sealed record SequentialSize(
    RequiredSample Maximum, double InflationFactor, double ExpectedFractionAtEffect, double ExpectedFractionWithoutEffect, FutilityBounds? Futility)
{
    /// <summary>Plans any test whose information grows with its units.</summary>
    /// <param name="oneLook">Size of the same test with one look, at the design's alpha and at <paramref name="power"/>.</param>
    /// <param name="design">The looks.</param>
    /// <param name="power">A probability in (alpha of one side, 1).</param>
    /// <param name="ratio">Treatment units per control unit; positive.</param>
    /// <param name="futility">How beta is spent on giving up (non-binding); null for none. Power is kept with the bounds obeyed, so the maximum grows.</param>
    /// <exception cref="ArgumentOutOfRangeException">power or ratio is outside its range.</exception>
    /// <remarks>C. Jennison, B. W. Turnbull, Group Sequential Methods, Chapman &amp; Hall/CRC 2000, sections 2.3 and 7.</remarks>
    public static SequentialSize For(
        RequiredSample oneLook, GroupSequentialDesign design, double power = 0.8, double ratio = 1, SpendingFunction? futility = null)
    {
        var (maximum, factor, drift, bounds) = Largest(oneLook, design, power, ratio, futility);
        return new(maximum, factor, Expected(design, bounds, drift), Expected(design, bounds, 0), bounds);
    }

    /// <summary>The planned maximum alone, which is a third of the work.</summary>
    /// <inheritdoc cref="For"/>
    public static RequiredSample MaximumFor(
        RequiredSample oneLook, GroupSequentialDesign design, double power = 0.8, double ratio = 1, SpendingFunction? futility = null) => Largest(oneLook, design, power, ratio, futility).Maximum;

    private static (RequiredSample Maximum, double Factor, double Drift, FutilityBounds? Bounds) Largest(
        RequiredSample oneLook, GroupSequentialDesign design, double power, double ratio, SpendingFunction? futility)
    {
        ArgumentNullException.ThrowIfNull(oneLook);
        ArgumentNullException.ThrowIfNull(design);
        Guard.Positive(ratio);
        var bounds = futility is null ? null : BetaSpending.NonBinding(design, futility, power);
        var drift = bounds?.Drift ?? GroupSequentialPower.DriftFor(design, power);
        var factor = drift / GroupSequentialPower.FixedDrift(design, power);
        factor *= factor;
        return (RequiredSample.FromExact(oneLook.ControlExact * factor, ratio), factor, drift, bounds);
    }

    private static double Expected(GroupSequentialDesign design, FutilityBounds? futility, double drift)
    {
        // Futility is about the upper side; without it the lower side stops too.
        if (futility is not null) return futility.MeanInformationFraction(drift);
        if (!design.IsTwoSided) return GroupSequentialPower.MeanInformationFraction(design, drift);
        var (up, down) = Crossings.Walk(design.Times, design.Critical, [.. design.Critical.Select(c => -c)], drift);
        var mean = design.Times[^1];
        for (var k = 0; k < up.Length; k++) mean -= (up[k] + down[k]) * (design.Times[^1] - design.Times[k]);
        return mean;
    }
}
