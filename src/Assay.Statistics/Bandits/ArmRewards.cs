namespace Assay.Statistics;

/// <summary>What a bandit remembers of one arm: how many rewards, their mean and their spread. Weights below 1 are rewards of the past, discounted.</summary>
public readonly record struct ArmRewards
{
    /// <param name="weight">Number of rewards, each discounted by its age; 0 or more.</param>
    /// <param name="mean">Their weighted mean; finite.</param>
    /// <param name="squares">Σ weight · (reward − mean)²; 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">weight or squares is negative or not finite, or mean is not finite.</exception>
    public ArmRewards(double weight, double mean, double squares)
    {
        Guard.NonNegative(weight);
        Guard.Finite(mean);
        Guard.NonNegative(squares);
        (Weight, Mean, Squares) = (weight, mean, squares);
    }

    /// <summary>Number of rewards, discounted.</summary>
    public double Weight { get; }

    /// <summary>Mean reward; 0 without rewards.</summary>
    public double Mean { get; }

    /// <summary>Σ weight · (reward − mean)².</summary>
    public double Squares { get; }

    /// <summary>An arm of 0/1 rewards.</summary>
    /// <param name="arm">May be empty.</param>
    public static ArmRewards Of(Proportion arm) => arm.Trials == 0 ? default
        : new(arm.Trials, arm.Rate, arm.Rate * (arm.Trials - arm.Successes));

    /// <summary>An arm of any rewards.</summary>
    /// <param name="arm">May be empty.</param>
    public static ArmRewards Of(SampleMoments arm) => arm.N == 0 ? default : new(arm.N, arm.Mean, arm.Variance * (arm.N - 1));

    /// <summary>With one reward more.</summary>
    /// <param name="reward">Finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">reward is not finite.</exception>
    public ArmRewards Add(double reward)
    {
        Guard.Finite(reward);
        return Merge(new(1, reward, 0));
    }

    /// <summary>With the rewards of another batch; the order does not matter.</summary>
    /// <param name="other">Of the same arm.</param>
    public ArmRewards Merge(ArmRewards other)
    {
        if (other.Weight == 0) return this;
        if (Weight == 0) return other;
        double weight = Weight + other.Weight, gap = other.Mean - Mean;
        return new(weight, Mean + gap * (other.Weight / weight), Squares + other.Squares + gap * gap * Weight * (other.Weight / weight));
    }

    /// <summary>Older by one batch: in a world that changes, yesterday's rewards count less.</summary>
    /// <param name="factor">In (0, 1]; 1 forgets nothing. What is remembered tends to 1 / (1 − factor) batches.</param>
    /// <exception cref="ArgumentOutOfRangeException">factor is outside (0, 1].</exception>
    /// <remarks>A. Garivier, E. Moulines, ALT 2011, 174–188, doi:10.1007/978-3-642-24412-4_16; for Thompson sampling V. Raj, S. Kalyani, arXiv:1707.09727.</remarks>
    public ArmRewards Discounted(double factor)
    {
        if (!(factor > 0 && factor <= 1)) throw new ArgumentOutOfRangeException(nameof(factor), factor, "must lie in (0, 1]");
        return new(Weight * factor, Mean, Squares * factor);
    }
}
