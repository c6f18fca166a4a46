using System.Buffers;

namespace Assay.Statistics;

/// <summary>Paired t test: the same items under control and treatment.</summary>
public static class PairedT
{
    /// <summary>Mean of the differences, treatment minus control.</summary>
    /// <param name="control">One finite value per item.</param>
    /// <param name="treatment">As many, the same item at the same place.</param>
    /// <param name="alpha">Significance level, a probability in (0, 1).</param>
    /// <param name="alternative">Two-sided unless said otherwise.</param>
    /// <returns>The comparison; not estimable with fewer than 2 pairs or when all differences are equal.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or a value is NaN or infinite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">alpha is outside (0, 1) or NaN.</exception>
    /// <remarks>Fixed horizon. Student, Biometrika 6 (1908) 1–25, doi:10.1093/biomet/6.1.1.</remarks>
    public static Estimated<MeanComparison> Compare(
        ReadOnlySpan<double> control, ReadOnlySpan<double> treatment, double alpha, Alternative alternative = Alternative.TwoSided)
    {
        Guard.SameLength(treatment.Length, control.Length, nameof(treatment));
        var rented = ArrayPool<double>.Shared.Rent(control.Length);
        try
        {
            var differences = rented.AsSpan(0, control.Length);
            for (var i = 0; i < differences.Length; i++) differences[i] = treatment[i] - control[i];
            return FromDifferences(SampleMoments.FromValues(differences), alpha, alternative);
        }
        finally
        {
            ArrayPool<double>.Shared.Return(rented);
        }
    }

    /// <summary>The same from the moments of the differences, treatment minus control.</summary>
    /// <param name="differences">One per item.</param>
    /// <param name="alpha">Significance level, a probability in (0, 1).</param>
    /// <param name="alternative">Two-sided unless said otherwise.</param>
    /// <returns>The comparison; not estimable with fewer than 2 pairs or when all differences are equal.</returns>
    /// <exception cref="ArgumentOutOfRangeException">alpha is outside (0, 1) or NaN.</exception>
    public static Estimated<MeanComparison> FromDifferences(
        SampleMoments differences, double alpha, Alternative alternative = Alternative.TwoSided)
    {
        Guard.Probability(alpha);
        if (differences.N < 2) return new NotEstimable($"at least 2 pairs are needed; there are {differences.N}");
        if (differences.Variance == 0) return new NotEstimable("all pairs differ by the same amount, so there is no error to judge the difference by");
        var standardError = Math.Sqrt(differences.Variance / differences.N);
        return TwoMeans.Conclude(differences.Mean, standardError, differences.N - 1, alpha, alternative);
    }
}
