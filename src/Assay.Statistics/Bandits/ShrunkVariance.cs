namespace Assay.Statistics;

/// <summary>Each arm's variance drawn towards the pooled one, so that ten equal rewards do not pass for certainty.</summary>
/// <remarks>(d₀ · pooled + (n − 1) · own) / (d₀ + n − 1), the posterior variance of G. K. Smyth, Statistical Applications in Genetics and Molecular
/// Biology 3 (2004) 3, doi:10.2202/1544-6115.1027, with d₀ fixed. The pooled variance holds the spread between the arms too: an arm
/// that has only seen zeros then still has a variance as soon as any arm saw something else.</remarks>
public static class ShrunkVariance
{
    /// <summary>How many rewards the pooled variance is worth.</summary>
    public const double DefaultWeight = 20;

    /// <summary>The variances of the arms' single rewards.</summary>
    /// <param name="arms">Rewards so far; may be empty.</param>
    /// <param name="weight">d₀, positive: how many rewards the pooled variance is worth.</param>
    /// <returns>As many variances, all positive; not estimable while all rewards of all arms are equal, or there are fewer than 2.</returns>
    /// <exception cref="ArgumentOutOfRangeException">weight is not positive.</exception>
    public static Estimated<double[]> Of(IReadOnlyList<ArmRewards> arms, double weight = DefaultWeight)
    {
        ArgumentNullException.ThrowIfNull(arms);
        Guard.Positive(weight);
        var all = arms.Aggregate(default(ArmRewards), (sum, arm) => sum.Merge(arm));
        if (all.Weight <= 1 || all.Squares <= 1e-14 * all.Weight * all.Mean * all.Mean)
            return new NotEstimable("all rewards so far are equal, so nothing tells how much they vary");
        var pooled = all.Squares / (all.Weight - 1);
        return Estimated<double[]>.Of([.. arms.Select(a => (weight * pooled + a.Squares) / (weight + Math.Max(0, a.Weight - 1)))]);
    }
}
