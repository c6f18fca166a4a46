namespace Assay.Statistics;

/// <summary>Thompson sampling of 0/1 rewards with beta beliefs: each arm's share is its probability to be the best.</summary>
/// <remarks>W. R. Thompson, Biometrika 25 (1933) 285–294, doi:10.1093/biomet/25.3-4.285. The share is integrated, not simulated, so equal
/// input gives equal output and each pull has an exact propensity.</remarks>
public sealed class BetaThompson : IPosteriorRule
{
    private readonly BetaPosterior _prior;

    /// <summary>With the flat prior.</summary>
    public BetaThompson() : this(BetaBinomial.FlatPrior)
    {
    }

    /// <param name="prior">Of every arm, declared before data; both parameters ½ or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is below ½.</exception>
    public BetaThompson(BetaPosterior prior)
    {
        if (!(prior.Alpha >= 0.5 && prior.Beta >= 0.5))
            throw new ArgumentOutOfRangeException(nameof(prior), $"Beta({prior.Alpha}, {prior.Beta}): both parameters must be ½ or more");
        _prior = prior;
    }

    public string Name => "thompson";

    public string? Refuse(double reward) => RewardCheck.Binary(reward);

    /// <inheritdoc/>
    public double[] Allocate(IReadOnlyList<ArmRewards> arms, int batch = 1)
    {
        RewardCheck.Arms(arms, batch);
        return ProbabilityBest(arms);
    }

    /// <inheritdoc/>
    public double[] ProbabilityBest(IReadOnlyList<ArmRewards> arms)
    {
        RewardCheck.Arms(arms);
        RewardCheck.BinaryArms(arms);
        return BestArmProbability.OfBetas([.. arms.Select(a => new BetaPosterior(_prior.Alpha + a.Weight * a.Mean, _prior.Beta + a.Weight * (1 - a.Mean)))]);
    }
}
