namespace Assay.Statistics;

/// <summary>Inference after a group-sequential stop, by the stage-wise ordering of the outcomes.</summary>
public static class StageWise
{
    /// <summary>Median-unbiased estimate, p-value and interval.</summary>
    /// <param name="design">The design that was followed; looks after the stop do not matter. Futility bounds stay out: they are not binding.</param>
    /// <param name="look">The look at which the experiment ended, from 1: by crossing a bound, or as its last.</param>
    /// <param name="z">The statistic then; finite. A negative one of a two-sided design is read in its mirror image.</param>
    /// <param name="alpha">1 − the level of the interval; a probability in (0, 1).</param>
    /// <returns>The estimate. In the stage-wise order P(drift) of an outcome at least as extreme rises with the drift;
    /// estimate and limits are the drifts at which it is ½, alpha / 2 and 1 − alpha / 2.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    /// <remarks>A. A. Tsiatis, G. L. Rosner, C. R. Mehta, Biometrics 40 (1984) 797–803, doi:10.2307/2530924;
    /// K. Fairbanks, R. Madsen, Biometrika 69 (1982) 69–74, doi:10.1093/biomet/69.1.69. A few milliseconds at ten looks.</remarks>
    public static GroupSequentialEstimate Estimate(GroupSequentialDesign design, int look, double z, double alpha = 0.05)
    {
        ArgumentNullException.ThrowIfNull(design);
        design.CheckLook(look);
        Guard.Finite(z);
        Guard.Probability(alpha);
        var mirrored = design.IsTwoSided && z < 0;
        var extreme = mirrored ? -z : z;
        var times = design.Times[..look];
        double[] bounds = [.. design.Critical.Take(look - 1), extreme];
        var p = Math.Min(1, AtLeast(0));
        double middle = DriftAt(0.5), low = DriftAt(alpha / 2), high = DriftAt(1 - alpha / 2);
        if (mirrored) (middle, low, high) = (-middle, -high, -low);
        return new(look, times[^1], z, p, design.IsTwoSided ? Math.Min(1, 2 * p) : p, middle, new(low, high));

        double AtLeast(double drift) => Crossings.Upper(times, bounds, null, drift).Sum();

        double DriftAt(double probability) => Crossings.RootNear(
            d => AtLeast(d) - probability, (extreme + StandardNormal.Quantile(probability)) / Math.Sqrt(times[^1]), 0.5);
    }
}
