namespace Assay.Statistics;

/// <summary>Successes among trials; one trial per randomisation unit.</summary>
public readonly record struct Proportion
{
    /// <param name="successes">From 0 to <paramref name="trials"/>.</param>
    /// <param name="trials">0 or more; an arm without trials makes comparisons not estimable.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative, or successes exceed trials.</exception>
    public Proportion(long successes, long trials)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfNegative(trials);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, trials);
        (Successes, Trials) = (successes, trials);
    }

    public long Successes { get; }

    public long Trials { get; }

    /// <summary>Successes / trials.</summary>
    /// <exception cref="InvalidOperationException">There are no trials.</exception>
    public double Rate => Trials > 0 ? (double)Successes / Trials : throw new InvalidOperationException("There are no trials.");

    /// <summary>The same arm seen as 0/1 values, variance with n − 1 in the denominator.</summary>
    public SampleMoments ToMoments() => Trials == 0 ? default
        : new(Trials, Rate, Trials < 2 ? 0 : Rate * (1 - Rate) * ((double)Trials / (Trials - 1)));
}
