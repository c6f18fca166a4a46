namespace Assay.Statistics;

/// <summary>How a bootstrap or permutation test draws.</summary>
/// <param name="Seed">The same seed gives the same result, whatever the parallelism.</param>
/// <param name="Resamples">100 or more.</param>
/// <param name="Parallelism">Most threads to use; 1 or more.</param>
public sealed record ResamplingOptions(long Seed, int Resamples = 10_000, int Parallelism = 2)
{
    internal void Check()
    {
        if (Resamples < 100) throw new ArgumentOutOfRangeException(nameof(Resamples), Resamples, "at least 100 are needed");
        if (Parallelism < 1) throw new ArgumentOutOfRangeException(nameof(Parallelism), Parallelism, "must be at least 1");
    }
}
