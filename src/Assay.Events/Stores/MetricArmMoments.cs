namespace Assay.Events;

/// <summary>Sufficient statistics of one metric in one arm, over its matured units.</summary>
public sealed record MetricArmMoments
{
    public required string Variant { get; init; }

    /// <summary>Units that enter the estimate: matured, and with a row unless missing counts as zero.</summary>
    public required long Units { get; init; }

    /// <summary>Units whose window is closed, with or without a row.</summary>
    public required long Matured { get; init; }

    /// <summary>Matured units with at least one row.</summary>
    public required long Answered { get; init; }

    /// <summary>Units whose window is still open; they enter no estimate.</summary>
    public long Immature { get; init; }

    /// <summary>Rows that were refused: NaN, infinite, text where a number belongs, a negative count.</summary>
    public long InvalidRows { get; init; }

    /// <summary>Units kept out because an amount of a successful call of theirs is not known, such as a cost without a price.</summary>
    public long Unknown { get; init; }

    /// <summary>Rows that came after their conversation was closed; they do not count.</summary>
    public long LateRows { get; init; }

    /// <summary>True when the units are clusters of many conversations or users, which may be few.</summary>
    public bool IsClusters { get; init; }

    /// <summary>Only when the units are clusters and so few that errors and permutations need each one's value; in no order, else empty.</summary>
    public System.Collections.Immutable.ImmutableArray<ClusterTotal> Clusters { get; init; } = [];

    /// <summary>Mean of the unit values (numerators of a ratio); 0 when <see cref="Units"/> is 0; for proportions successes / units.</summary>
    public double Mean { get; init; }

    /// <summary>Variance of the unit values with n − 1; 0 below two units.</summary>
    public double Variance { get; init; }

    /// <summary>Third standardised central moment of the unit values, of means and counts in the main analysis; null when unknown or without variance.</summary>
    public double? Skewness { get; init; }

    /// <summary>Of a proportion: units with a success.</summary>
    public long Successes { get; init; }

    public double DenominatorMean { get; init; }
    public double DenominatorVariance { get; init; }

    /// <summary>Covariance of numerator and denominator with n − 1.</summary>
    public double Covariance { get; init; }

    /// <summary>Of a ratio: units whose denominator is not zero.</summary>
    public long NonZeroDenominators { get; init; }

    /// <summary>Of all but quantiles, when the plan declares covariates; null when no unit has a value of any.</summary>
    public CovariateMoments? Covariate { get; init; }

    /// <summary>Of all but quantiles, when the plan declares strata: the same ones in every arm, in the same order.</summary>
    public System.Collections.Immutable.ImmutableArray<StratumMoments> Strata { get; init; } = [];

    /// <summary>Only of a quantile, and only when there is at least one event.</summary>
    public QuantileArmMoments? Quantile { get; init; }
}
