namespace Assay.Statistics;

/// <summary>A rule that knows how probable it is that an arm is the best.</summary>
public interface IPosteriorRule : IAllocationRule
{
    /// <summary>The probability of each arm to have the largest mean reward.</summary>
    /// <param name="arms">Rewards so far; at least 2 arms.</param>
    /// <returns>As many probabilities; their sum is 1.</returns>
    /// <exception cref="ArgumentException">As for <see cref="IAllocationRule.Allocate"/>.</exception>
    double[] ProbabilityBest(IReadOnlyList<ArmRewards> arms);
}
