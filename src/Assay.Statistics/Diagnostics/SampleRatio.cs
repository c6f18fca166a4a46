using MathNet.Numerics;

namespace Assay.Statistics;

/// <summary>Sample ratio mismatch: do the arms hold the shares of units that the weights promise?</summary>
public static class SampleRatio
{
    /// <summary>Pearson's chi-square test of the observed numbers of units against the weights.</summary>
    /// <param name="observed">Units per arm before any exclusion; 0 or more. An arm that received nothing is a 0, not left out.</param>
    /// <param name="weights">As many weights, in any scale, 0 or more; arms of weight 0 (holdouts) stay out of the test.</param>
    /// <returns>The test; not estimable with fewer than two arms of positive weight, or no units in them.</returns>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A count or weight is negative, or a weight is not finite.</exception>
    /// <remarks>K. Pearson, Philosophical Magazine 50 (1900) 157–175, doi:10.1080/14786440009463897; why it comes before anything else:
    /// A. Fabijan et al., KDD 2019, 2156–2164, doi:10.1145/3292500.3330722.</remarks>
    public static Estimated<SampleRatioTest> ChiSquare(ReadOnlySpan<long> observed, ReadOnlySpan<double> weights)
    {
        var planned = PlannedShares.Of(observed, weights);
        if (!planned.IsEstimable) return new NotEstimable(planned.Reason!);
        var (arms, units, weight) = planned.Value;

        double statistic = 0;
        for (var i = 0; i < observed.Length; i++)
        {
            if (weights[i] == 0) continue;
            var expected = units * (weights[i] / weight);
            statistic += (observed[i] - expected) * (observed[i] - expected) / expected;
        }
        return new SampleRatioTest(statistic, arms - 1, ChiSquareTail(statistic, arms - 1));
    }

    /// <summary>P(χ² &gt; statistic).</summary>
    internal static double ChiSquareTail(double statistic, int degreesOfFreedom) => degreesOfFreedom == 1
        ? StandardNormal.TwoSidedTail(Math.Sqrt(statistic))
        : SpecialFunctions.GammaUpperRegularized(degreesOfFreedom / 2.0, statistic / 2);
}
