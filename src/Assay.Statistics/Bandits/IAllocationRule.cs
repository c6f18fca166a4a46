namespace Assay.Statistics;

/// <summary>Turns what is known of the arms into the share of the next traffic that each receives.</summary>
/// <remarks>Shares are the propensities: they are computed, so each pull can be recorded with the probability it had. Alone, a rule may give
/// an arm 0; <see cref="ExplorationFloor"/> keeps all of them above it.</remarks>
public interface IAllocationRule
{
    /// <summary>As on the command line: "thompson", "ucb1".</summary>
    string Name { get; }

    /// <summary>The shares of the arms in the next batch.</summary>
    /// <param name="arms">Rewards so far; at least 2 arms, each possibly empty.</param>
    /// <param name="batch">How many pulls follow before the next update; 1 or more.</param>
    /// <returns>As many probabilities; their sum is 1.</returns>
    /// <exception cref="ArgumentException">There are fewer than 2 arms, or an arm holds rewards that the rule refuses.</exception>
    /// <exception cref="ArgumentOutOfRangeException">batch is below 1.</exception>
    double[] Allocate(IReadOnlyList<ArmRewards> arms, int batch = 1);

    /// <summary>Null, or in plain words why the rule does not take this reward.</summary>
    /// <param name="reward">Any number.</param>
    string? Refuse(double reward);
}
