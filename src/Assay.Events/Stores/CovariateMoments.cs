using System.Collections.Immutable;
using Assay.Experiments;

namespace Assay.Events;

/// <summary>How the plan's covariates go together with a metric, over the units of one arm that enter the estimate.</summary>
/// <remarks>Units without a value of a covariate have one number, the same in every arm, and are marked by an indicator, 1 where it was missing: which number
/// changes no estimate that is adjusted by both. The variables are the k filled covariates, then their k indicators. Covariances are with n − 1; 0 below two units.</remarks>
public sealed record CovariateMoments
{
    /// <summary>One per covariate, in the plan's order.</summary>
    public required ImmutableArray<string> Names { get; init; }

    /// <summary>Units without a value, per covariate.</summary>
    public required ImmutableArray<long> Missing { get; init; }

    /// <summary>Means of the filled covariates.</summary>
    public required ImmutableArray<double> Means { get; init; }

    /// <summary>Covariances of the 2k variables, row by row up to the diagonal: 2k(2k + 1) / 2 numbers.</summary>
    public required ImmutableArray<double> Covariances { get; init; }

    /// <summary>Covariances of the metric's value (numerator of a ratio) with the 2k variables.</summary>
    public required ImmutableArray<double> WithValue { get; init; }

    /// <summary>Of a ratio: those of its denominator; else empty.</summary>
    public ImmutableArray<double> WithDenominator { get; init; } = [];

    /// <summary>As the plan has it.</summary>
    public ThetaKind Theta { get; init; }

    /// <summary>Covariance of two of the 2k variables.</summary>
    public double Covariance(int first, int second) => first < second ? Covariance(second, first) : Covariances[first * (first + 1) / 2 + second];
}
