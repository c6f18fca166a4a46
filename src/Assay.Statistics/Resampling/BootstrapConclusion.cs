namespace Assay.Statistics;

/// <summary>From replicates and jackknife values to an error and intervals.</summary>
internal static class BootstrapConclusion
{
    /// <param name="estimate">From the data.</param>
    /// <param name="replicates">Sorted in place.</param>
    /// <param name="influence">How much each unit (or group of units) pushes the estimate up, in any common scale.</param>
    /// <param name="alpha">Level.</param>
    public static Estimated<BootstrapEstimate> Of(double estimate, double[] replicates, double[] influence, double alpha)
    {
        if (!double.IsFinite(estimate)) return new NotEstimable("the statistic has no finite value on the data");
        foreach (var replicate in replicates)
            if (!double.IsFinite(replicate)) return new NotEstimable("the statistic has no finite value on some resamples");
        Array.Sort(replicates);
        if (replicates[0] == replicates[^1]) return new NotEstimable("all resamples give the same value, so there is no error to tell");
        var moments = SampleMoments.FromValues(replicates);
        double below = 0;
        foreach (var replicate in replicates) below += replicate < estimate ? 1 : replicate == estimate ? 0.5 : 0;
        var share = Math.Clamp(below / replicates.Length, 0.5 / replicates.Length, 1 - 0.5 / replicates.Length);
        double bias = StandardNormal.Quantile(share), acceleration = Acceleration(influence);
        return new BootstrapEstimate(
            estimate, Math.Sqrt(moments.Variance), new(At(Level(alpha / 2)), At(Level(1 - alpha / 2))), new(At(alpha / 2), At(1 - alpha / 2)),
            moments.Mean - estimate, replicates.Length);

        double Level(double tail)
        {
            var z = bias + StandardNormal.Quantile(tail);
            var stretched = 1 - acceleration * z;
            return stretched <= 0 ? (z > 0 ? 1 : 0) : StandardNormal.Cdf(bias + z / stretched);
        }

        double At(double level)
        {
            var position = Math.Clamp(level * (replicates.Length + 1) - 1, 0, replicates.Length - 1);
            var index = Math.Min((int)position, replicates.Length - 2);
            return replicates[index] + (position - index) * (replicates[index + 1] - replicates[index]);
        }
    }

    private static double Acceleration(double[] influence)
    {
        var mean = SampleMoments.FromValues(influence).Mean;
        double squares = 0, cubes = 0;
        foreach (var value in influence)
        {
            var gap = value - mean;
            squares += gap * gap;
            cubes += gap * gap * gap;
        }
        return squares == 0 ? 0 : cubes / (6 * Math.Pow(squares, 1.5));
    }
}
