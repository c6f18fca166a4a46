namespace Assay.Statistics;

/// <summary>Bounds below which an experiment may be given up, because its planned effect has become implausible.</summary>
/// <param name="Design">The design to which they belong.</param>
/// <param name="Power">Chance to find an effect of <see cref="Drift"/> when giving up is obeyed.</param>
/// <param name="Drift">E[Z] at information fraction 1 for which beta is spent exactly; larger than without futility, so the sample is too.</param>
/// <param name="Bounds">Give up when Z is at or below; −∞ where nothing may be spent; the last equals the last critical value.</param>
/// <param name="BetaSpent">Cumulative chance to miss the effect, by each look.</param>
/// <param name="IsBinding">False: alpha holds whether or not anybody obeys. True: only if everybody does.</param>
public sealed record FutilityBounds(
    GroupSequentialDesign Design, double Power, double Drift, IReadOnlyList<double> Bounds, IReadOnlyList<double> BetaSpent, bool IsBinding)
{
    /// <summary>Planned maximum sample in units of the fixed test's, for the same alpha and power.</summary>
    public double InflationFactor
    {
        get
        {
            var ratio = Drift / GroupSequentialPower.FixedDrift(Design, Power);
            return ratio * ratio;
        }
    }

    /// <summary>Chance to stop for success and for futility at each look, when the bounds are obeyed.</summary>
    /// <param name="drift">The true drift; finite.</param>
    /// <returns>Two probabilities per look; all of them together are 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">drift is not finite.</exception>
    public (double[] Success, double[] Futility) StopProbabilities(double drift)
    {
        Guard.Finite(drift);
        return Crossings.Walk(Design.Times, Design.Critical, [.. Bounds], drift);
    }

    /// <summary>Mean information at the end, as a fraction of the planned maximum, when the bounds are obeyed.</summary>
    /// <param name="drift">The true drift; finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">drift is not finite.</exception>
    public double MeanInformationFraction(double drift)
    {
        var (success, futility) = StopProbabilities(drift);
        var mean = Design.Times[^1];
        for (var k = 0; k < success.Length; k++) mean -= (success[k] + futility[k]) * (Design.Times[^1] - Design.Times[k]);
        return mean;
    }
}
