namespace Assay.Statistics;

/// <summary>Shares of a rule that always takes the arm with the highest upper bound: how often each would be taken in the batch if counts grew and
/// means stayed.</summary>
/// <remarks>T. Desautels, A. Krause, J. W. Burdick, Journal of Machine Learning Research 15 (2014) 4053–4103.</remarks>
internal static class UpperBoundBatch
{
    // Beyond this the shares no longer change visibly.
    private const int MostSteps = 400;

    /// <param name="bound">Upper bound of an arm from its mean, its pulls, and all pulls; pulls are positive.</param>
    public static double[] Shares(IReadOnlyList<ArmRewards> arms, int batch, Func<double, double, double, double> bound)
    {
        var pulls = arms.Select(a => a.Weight).ToArray();
        var shares = new double[arms.Count];
        var steps = Math.Min(batch, MostSteps);
        var total = pulls.Sum();
        var bounds = new double[arms.Count];
        for (var step = 0; step < steps; step++)
        {
            for (var k = 0; k < bounds.Length; k++)
                bounds[k] = pulls[k] > 0 ? bound(arms[k].Mean, pulls[k], Math.Max(1, total)) : double.PositiveInfinity;
            var highest = bounds.Max();
            var tied = bounds.Count(b => b >= highest);
            for (var k = 0; k < bounds.Length; k++)
            {
                if (bounds[k] < highest) continue;
                shares[k] += 1.0 / tied / steps;
                pulls[k] += 1.0 / tied;
            }
            total += 1;
        }
        return shares;
    }
}
