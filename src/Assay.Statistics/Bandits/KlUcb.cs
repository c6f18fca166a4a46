namespace Assay.Statistics;

/// <summary>KL-UCB: the arm whose rate could still be the highest, largest q with n · kl(mean, q) ≤ ln t, for rewards in [0, 1].</summary>
/// <remarks>A. Garivier, O. Cappé, COLT 2011, PMLR 19:359–376, arXiv:1102.2490, with c = 0 as they advise. Far tighter than UCB1 at small rates.</remarks>
public sealed class KlUcb : IAllocationRule
{
    public string Name => "kl-ucb";

    public string? Refuse(double reward) => RewardCheck.Unit(reward, "KL-UCB");

    /// <inheritdoc/>
    public double[] Allocate(IReadOnlyList<ArmRewards> arms, int batch = 1)
    {
        RewardCheck.Arms(arms, batch);
        RewardCheck.UnitArms(arms, "KL-UCB");
        return UpperBoundBatch.Shares(arms, batch, (mean, n, t) => UpperBound(mean, Math.Log(t) / n));
    }

    /// <summary>The largest q of at least <paramref name="mean"/> with kl(mean, q) ≤ <paramref name="divergence"/>.</summary>
    /// <param name="mean">In [0, 1].</param>
    /// <param name="divergence">0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">mean is outside [0, 1], or divergence is negative.</exception>
    public static double UpperBound(double mean, double divergence)
    {
        if (!(mean >= 0 && mean <= 1)) throw new ArgumentOutOfRangeException(nameof(mean), mean, "must lie in [0, 1]");
        Guard.NonNegative(divergence);
        // Pinsker: the bound lies within √(divergence / 2) of the mean.
        double low = mean, high = Math.Min(1, mean + Math.Sqrt(divergence / 2));
        for (var i = 0; i < 60 && high - low > 1e-15; i++)
        {
            var q = low + (high - low) / 2;
            if (Divergence(mean, q) <= divergence) low = q; else high = q;
        }
        return low;
    }

    private static double Divergence(double p, double q)
    {
        double yes = p > 0 ? p * Math.Log(p / q) : 0, no = p < 1 ? (1 - p) * Math.Log((1 - p) / (1 - q)) : 0;
        return yes + no;
    }
}
