namespace Assay.Statistics;

/// <summary>What every test of the sample ratio asks of its counts and weights first. Arms with weight 0 (holdouts) stay out of all of it.</summary>
/// <param name="Arms">Number of arms with a weight above 0; at least 2.</param>
/// <param name="Units">Units in them; at least 1.</param>
/// <param name="Weight">Sum of their weights.</param>
internal readonly record struct PlannedShares(int Arms, long Units, double Weight)
{
    public static Estimated<PlannedShares> Of(ReadOnlySpan<long> observed, ReadOnlySpan<double> weights)
    {
        Guard.SameLength(observed.Length, weights.Length, nameof(observed));
        var (arms, units, weight) = (0, 0L, 0.0);
        for (var i = 0; i < observed.Length; i++)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(observed[i], nameof(observed));
            Guard.NonNegative(weights[i], nameof(weights));
            if (weights[i] == 0) continue;
            arms++;
            units += observed[i];
            weight += weights[i];
        }
        if (arms < 2) return new NotEstimable($"the shares of at least 2 arms are needed; {arms} has a weight above 0");
        if (units == 0) return new NotEstimable("no arm has any units yet");
        return new PlannedShares(arms, units, weight);
    }
}
