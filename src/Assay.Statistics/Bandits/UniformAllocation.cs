namespace Assay.Statistics;

/// <summary>Equal shares whatever the rewards: the floor under every bandit, and an A/B test.</summary>
public sealed class UniformAllocation : IAllocationRule
{
    public string Name => "uniform";

    public string? Refuse(double reward) => RewardCheck.Finite(reward);

    /// <inheritdoc/>
    public double[] Allocate(IReadOnlyList<ArmRewards> arms, int batch = 1)
    {
        RewardCheck.Arms(arms, batch);
        return Shares(arms.Count);
    }

    internal static double[] Shares(int arms)
    {
        var shares = new double[arms];
        Array.Fill(shares, 1.0 / arms);
        return shares;
    }
}
