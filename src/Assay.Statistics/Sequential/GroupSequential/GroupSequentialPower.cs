namespace Assay.Statistics;

/// <summary>Operating characteristics of a design at a true effect. Effects are drifts: E[Z] at information fraction 1, positive where the design looks.</summary>
public static class GroupSequentialPower
{
    /// <summary>Chance to stop for success first at each look.</summary>
    /// <param name="design">The design.</param>
    /// <param name="drift">The true drift; finite. 0 gives the alpha spent at each look.</param>
    /// <returns>One probability per look; of a two-sided design those of the upper bound, which is what the drift's side means.</returns>
    /// <exception cref="ArgumentOutOfRangeException">drift is not finite.</exception>
    public static double[] StopProbabilities(GroupSequentialDesign design, double drift)
    {
        ArgumentNullException.ThrowIfNull(design);
        Guard.Finite(drift);
        return Crossings.Upper(design.Times, design.Critical, null, drift);
    }

    /// <summary>Chance to stop for success at any look.</summary>
    /// <inheritdoc cref="StopProbabilities"/>
    /// <returns>A probability.</returns>
    public static double Of(GroupSequentialDesign design, double drift) => Math.Min(1, StopProbabilities(design, drift).Sum());

    /// <summary>Mean information at the end of the experiment, as a fraction of the planned maximum: the mean sample size in units of the planned one.</summary>
    /// <inheritdoc cref="StopProbabilities"/>
    /// <returns>A number between the first and the last look's fraction.</returns>
    public static double MeanInformationFraction(GroupSequentialDesign design, double drift)
    {
        var stops = StopProbabilities(design, drift);
        var mean = design.Times[^1];
        for (var k = 0; k < stops.Length; k++) mean -= stops[k] * (design.Times[^1] - design.Times[k]);
        return mean;
    }

    /// <summary>The drift that a design finds with a wanted power.</summary>
    /// <param name="design">The design.</param>
    /// <param name="power">A probability in (alpha of one side, 1).</param>
    /// <returns>A positive drift.</returns>
    /// <exception cref="ArgumentOutOfRangeException">power is outside its range.</exception>
    public static double DriftFor(GroupSequentialDesign design, double power)
    {
        ArgumentNullException.ThrowIfNull(design);
        Guard.Probability(power);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(power, design.AlphaPerSide);
        return Crossings.RootNear(d => Crossings.Upper(design.Times, design.Critical, null, d).Sum() - power, FixedDrift(design, power), 0.1);
    }

    /// <summary>How many times the sample of a test with one look the design needs at most, for the same alpha and power.</summary>
    /// <param name="design">The design.</param>
    /// <param name="power">A probability in (alpha of one side, 1).</param>
    /// <returns>(drift / (z₁₋α + z_power))², 1 or more: information at fraction 1 against that of the fixed test.</returns>
    /// <exception cref="ArgumentOutOfRangeException">power is outside its range.</exception>
    public static double InflationFactor(GroupSequentialDesign design, double power)
    {
        var drift = DriftFor(design, power) / FixedDrift(design, power);
        return drift * drift;
    }

    /// <summary>Chance that fixed bounds are crossed on either side at any look: what a rule really does, whatever it was meant to do.</summary>
    /// <param name="looks">Information at the looks; positive, ascending, 0.000001 apart or more.</param>
    /// <param name="criticalValues">As many critical values, positive; the rule stops at |Z| ≥ c.</param>
    /// <param name="drift">The true drift; finite. 0 gives the false-positive rate.</param>
    /// <returns>A probability; exact for two sides, neither of which ignores the other.</returns>
    /// <exception cref="ArgumentException">No look, or lengths differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Looks, a critical value or the drift is outside its range.</exception>
    public static double RejectionRate(ReadOnlySpan<double> looks, ReadOnlySpan<double> criticalValues, double drift = 0)
    {
        var times = Looks.Validated(looks, nameof(looks));
        Guard.SameLength(criticalValues.Length, times.Length, nameof(criticalValues));
        Guard.Finite(drift);
        foreach (var c in criticalValues) if (!(c > 0)) throw new ArgumentOutOfRangeException(nameof(criticalValues), c, "must be above 0");
        var bounds = criticalValues.ToArray();
        var (up, down) = Crossings.Walk(times, bounds, [.. bounds.Select(c => -c)], drift);
        return Math.Min(1, up.Sum() + down.Sum());
    }

    internal static double FixedDrift(GroupSequentialDesign design, double power) =>
        StandardNormal.Quantile(power) - StandardNormal.Quantile(design.AlphaPerSide);
}
