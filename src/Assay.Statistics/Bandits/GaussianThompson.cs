namespace Assay.Statistics;

/// <summary>Thompson sampling of rewards on any scale with normal beliefs: each arm's share is its probability to have the largest mean.</summary>
/// <remarks>
/// The belief of an arm with n rewards is normal around (n · mean + m₀) / (n + 1) with variance σ²/(n + 1): the prior is one reward at the mean m₀ of
/// all arms, and σ² is the arm's <see cref="ShrunkVariance"/>. S. Agrawal, N. Goyal, Journal of the ACM 64 (2017) 30, doi:10.1145/3088510.
/// </remarks>
public sealed class GaussianThompson : IPosteriorRule
{
    private readonly double _varianceWeight;

    /// <param name="varianceWeight">How many rewards the pooled variance is worth; positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">varianceWeight is not positive.</exception>
    public GaussianThompson(double varianceWeight = ShrunkVariance.DefaultWeight)
    {
        Guard.Positive(varianceWeight);
        _varianceWeight = varianceWeight;
    }

    public string Name => "gaussian-thompson";

    public string? Refuse(double reward) => RewardCheck.Finite(reward);

    /// <inheritdoc/>
    public double[] Allocate(IReadOnlyList<ArmRewards> arms, int batch = 1)
    {
        RewardCheck.Arms(arms, batch);
        return ProbabilityBest(arms);
    }

    /// <inheritdoc/>
    /// <remarks>Equal for all arms while all rewards are equal.</remarks>
    public double[] ProbabilityBest(IReadOnlyList<ArmRewards> arms)
    {
        RewardCheck.Arms(arms);
        var variances = ShrunkVariance.Of(arms, _varianceWeight);
        if (!variances.IsEstimable) return UniformAllocation.Shares(arms.Count);
        var prior = arms.Aggregate(default(ArmRewards), (sum, arm) => sum.Merge(arm)).Mean;
        return BestArmProbability.OfNormals(
            [.. arms.Select(a => prior + a.Weight / (a.Weight + 1) * (a.Mean - prior))],
            [.. arms.Select((a, i) => Math.Sqrt(variances.Value[i] / (a.Weight + 1)))]);
    }
}
