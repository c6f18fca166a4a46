namespace Assay.Statistics;

/// <summary>UCB1: the arm with the highest mean + √(2 ln t / n), for rewards in [0, 1].</summary>
/// <remarks>P. Auer, N. Cesa-Bianchi, P. Fischer, Machine Learning 47 (2002) 235–256, doi:10.1023/A:1013689704352. Within a batch the counts grow as if
/// the pulls had been made, so the shares of equal arms are equal.</remarks>
public sealed class Ucb1 : IAllocationRule
{
    public string Name => "ucb1";

    public string? Refuse(double reward) => RewardCheck.Unit(reward, "UCB1");

    /// <inheritdoc/>
    public double[] Allocate(IReadOnlyList<ArmRewards> arms, int batch = 1)
    {
        RewardCheck.Arms(arms, batch);
        RewardCheck.UnitArms(arms, "UCB1");
        return UpperBoundBatch.Shares(arms, batch, (mean, n, t) => mean + Math.Sqrt(2 * Math.Log(t) / n));
    }
}
