namespace Assay.Statistics;

/// <summary>Top-two Thompson sampling: half of the traffic for a draw of the best arm, half for the best of the others, so that the best is found
/// and not only used.</summary>
/// <remarks>With P the probabilities to be best and β the leader's share: P_k (β + (1 − β) Σ_{j≠k} P_j / (1 − P_j)), which is what redrawing until another
/// arm wins comes to. D. Russo, Operations Research 68 (2020) 1625–1647, doi:10.1287/opre.2019.1911.</remarks>
public sealed class TopTwoThompson : IAllocationRule
{
    private readonly IPosteriorRule _beliefs;
    private readonly double _leaderShare;

    /// <param name="beliefs">Beta or normal.</param>
    /// <param name="leaderShare">β in (0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">leaderShare is outside (0, 1).</exception>
    public TopTwoThompson(IPosteriorRule beliefs, double leaderShare = 0.5)
    {
        ArgumentNullException.ThrowIfNull(beliefs);
        Guard.Probability(leaderShare);
        (_beliefs, _leaderShare) = (beliefs, leaderShare);
    }

    public string Name => _beliefs is BetaThompson ? "top-two" : "gaussian-top-two";

    public string? Refuse(double reward) => _beliefs.Refuse(reward);

    /// <inheritdoc/>
    public double[] Allocate(IReadOnlyList<ArmRewards> arms, int batch = 1)
    {
        RewardCheck.Arms(arms, batch);
        var best = _beliefs.ProbabilityBest(arms);
        var shares = new double[best.Length];
        for (var leader = 0; leader < best.Length; leader++)
        {
            // 1 − P of the leader, without the digits that 1 − .999… would lose.
            double others = 0;
            for (var k = 0; k < best.Length; k++) if (k != leader) others += best[k];
            shares[leader] += _leaderShare * best[leader];
            for (var k = 0; k < best.Length; k++)
                if (k != leader) shares[k] += (1 - _leaderShare) * best[leader] * (others > 0 ? best[k] / others : 1.0 / (best.Length - 1));
        }
        return shares;
    }
}
