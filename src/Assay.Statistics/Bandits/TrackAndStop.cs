namespace Assay.Statistics;

/// <summary>Track and stop: traffic in the proportions that tell the best arm from the others soonest, with each arm's variance shrunk to the pooled one.</summary>
/// <remarks>
/// Proportions w solve max min_a (μ_b − μ_a)² / (σ_b²/w_b + σ_a²/w_a), at which all these are equal and Σ_{a≠b} w_a²/σ_a² = w_b²/σ_b². The next batch is drawn in
/// proportion to what each arm lacks of w. A. Garivier, E. Kaufmann, COLT 2016, PMLR 49:998–1027, arXiv:1602.04589; unequal variances:
/// P. Glynn, S. Juneja, Winter Simulation Conference 2004, doi:10.1109/WSC.2004.1371364. With unshrunk variances an arm that has only seen zeros would count as
/// known for certain and starve (docs/statistics/bandits.md). When to stop is <see cref="BanditWinner"/>'s to say.
/// </remarks>
public sealed class TrackAndStop : IAllocationRule
{
    private readonly double _varianceWeight;

    /// <param name="varianceWeight">How many rewards the pooled variance is worth; positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">varianceWeight is not positive.</exception>
    public TrackAndStop(double varianceWeight = ShrunkVariance.DefaultWeight)
    {
        Guard.Positive(varianceWeight);
        _varianceWeight = varianceWeight;
    }

    public string Name => "track-and-stop";

    public string? Refuse(double reward) => RewardCheck.Finite(reward);

    /// <inheritdoc/>
    public double[] Allocate(IReadOnlyList<ArmRewards> arms, int batch = 1)
    {
        RewardCheck.Arms(arms, batch);
        var variances = ShrunkVariance.Of(arms, _varianceWeight);
        var target = variances.IsEstimable ? Proportions([.. arms.Select(a => a.Mean)], variances.Value) : UniformAllocation.Shares(arms.Count);
        // What each arm lacks once the batch has been pulled.
        double total = arms.Sum(a => a.Weight) + batch;
        double[] lacking = [.. arms.Select((a, i) => Math.Max(0, total * target[i] - a.Weight))];
        var sum = lacking.Sum();
        return sum > 0 ? [.. lacking.Select(l => l / sum)] : target;
    }

    /// <summary>The proportions that find the best arm with the fewest pulls.</summary>
    /// <param name="means">Mean reward per arm; at least 2, finite.</param>
    /// <param name="variances">As many variances of single rewards, positive.</param>
    /// <returns>As many proportions with the sum 1. Arms that tie for the best share all of it.</returns>
    /// <exception cref="ArgumentException">Lengths differ or are below 2.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A mean is not finite or a variance not positive.</exception>
    public static double[] Proportions(double[] means, double[] variances)
    {
        ArgumentNullException.ThrowIfNull(means);
        ArgumentNullException.ThrowIfNull(variances);
        Guard.SameLength(variances.Length, means.Length, nameof(variances));
        if (means.Length < 2) throw new ArgumentException("at least 2 arms are needed", nameof(means));
        for (var i = 0; i < means.Length; i++)
        {
            Guard.Finite(means[i], nameof(means));
            Guard.Positive(variances[i], nameof(variances));
        }
        var best = Array.IndexOf(means, means.Max());
        int[] tied = [.. Enumerable.Range(0, means.Length).Where(i => means[i] == means[best])];
        if (tied.Length > 1)
        {
            var shares = new double[means.Length];
            foreach (var i in tied) shares[i] = Math.Sqrt(variances[i]) / tied.Sum(j => Math.Sqrt(variances[j]));
            return shares;
        }
        // With w_b = 1 and level c, w_a = σ_a² / (Δ_a²/c − σ_b²); the balance Σ w_a²/σ_a² grows with c from 0 to beyond any bound.
        double own = variances[best], ceiling = double.PositiveInfinity;
        for (var i = 0; i < means.Length; i++) if (i != best) ceiling = Math.Min(ceiling, Math.Pow(means[best] - means[i], 2) / own);
        double low = 0, high = 1;
        for (var step = 0; step < 100; step++)
        {
            var middle = low + (high - low) / 2;
            if (Weights(middle).Select((w, i) => i == best ? 0 : w * w / variances[i]).Sum() < 1 / own) low = middle; else high = middle;
        }
        var weights = Weights(low);
        var sum = weights.Sum();
        return [.. weights.Select(w => w / sum)];

        double[] Weights(double share) => [.. means.Select((mean, i) =>
        {
            if (i == best) return 1;
            var gap = means[best] - mean;
            return variances[i] / (gap / (share * ceiling) * gap - own);
        })];
    }
}
