namespace Assay.Statistics;

/// <summary>Is the effect the same in every segment? With two segments this is the interaction test.</summary>
public static class Heterogeneity
{
    /// <summary>Cochran's Q over independent effects.</summary>
    /// <param name="effects">One per segment; finite.</param>
    /// <param name="standardErrors">As many; positive. A segment without an error cannot be judged: leave it out.</param>
    /// <returns>The test; not estimable with fewer than two segments.</returns>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An effect is not finite, or an error is not positive and finite.</exception>
    /// <remarks>One attribute, one metric; several are a family whose p-values must be adjusted. Fixed horizon, approximate: errors are
    /// taken as known, so each segment needs some dozens of units an arm. W. G. Cochran, Biometrics 10 (1954) 101–129,
    /// doi:10.2307/3001666; I² by J. P. T. Higgins, S. G. Thompson, Statistics in Medicine 21 (2002) 1539–1558, doi:10.1002/sim.1186.</remarks>
    public static Estimated<HeterogeneityTest> CochranQ(ReadOnlySpan<double> effects, ReadOnlySpan<double> standardErrors)
    {
        Guard.SameLength(standardErrors.Length, effects.Length, nameof(standardErrors));
        // In units of the smallest error, so that squares neither under- nor overflow.
        var smallest = double.PositiveInfinity;
        for (var i = 0; i < effects.Length; i++)
        {
            Guard.Finite(effects[i], nameof(effects));
            Guard.Positive(standardErrors[i], nameof(standardErrors));
            smallest = Math.Min(smallest, standardErrors[i]);
        }
        if (effects.Length < 2) return new NotEstimable($"effects of at least 2 segments are needed to compare them; there is {effects.Length}");

        double weights = 0, sum = 0;
        for (var i = 0; i < effects.Length; i++)
        {
            var weight = Weight(standardErrors[i], smallest);
            weights += weight;
            sum += weight * (effects[i] - effects[0]);
        }
        var common = effects[0] + sum / weights;
        double q = 0;
        for (var i = 0; i < effects.Length; i++)
        {
            var distance = (effects[i] - common) / standardErrors[i];
            q += distance * distance;
        }
        if (!double.IsFinite(q)) return new NotEstimable("the effects lie too many errors apart to compute with");
        var degrees = effects.Length - 1;
        return new HeterogeneityTest(q, degrees, SampleRatio.ChiSquareTail(q, degrees), q > degrees ? (q - degrees) / q : 0, common, smallest / Math.Sqrt(weights));
    }

    private static double Weight(double standardError, double smallest) => smallest / standardError * (smallest / standardError);
}
