using System.Collections.Immutable;

namespace Assay.Experiments;

/// <summary>How the data will be judged; fixed before the first exposure.</summary>
public sealed record AnalysisPlan
{
    /// <summary>When the primaries may decide.</summary>
    public PlanMethod Method { get; init; } = PlanMethod.GroupSequential;

    /// <summary>Two-sided significance level of the primary family, a probability in (0, 1).</summary>
    public double Alpha { get; init; } = 0.05;

    /// <summary>Probability in (0, 1) of detecting the minimum effect.</summary>
    public double Power { get; init; } = 0.8;

    /// <summary>The smallest effect worth having, always positive; null when none was declared (then no-difference is impossible).</summary>
    public MinimumEffect? MinimumEffect { get; init; }

    /// <summary>Expected value of the control for the primary, for sizing; null when unknown.</summary>
    public double? Baseline { get; init; }

    /// <summary>Expected standard deviation of the primary (means), for sizing; null when unknown.</summary>
    public double? StandardDeviation { get; init; }

    /// <summary>Information fractions of the registered looks, ascending, the last 1; empty for one look at the end.</summary>
    public ImmutableArray<double> Looks { get; init; } = [];

    /// <summary>Name of the spending function, as declared; null when there are no interim looks.</summary>
    public string? Spending { get; init; }

    /// <summary>Parameter of the spending function (gamma, rho); null for the function's own default.</summary>
    public double? SpendingParameter { get; init; }

    /// <summary>Critical values of z, one a look, instead of a spending function; empty when there is one.</summary>
    public ImmutableArray<double> Boundaries { get; init; } = [];

    /// <summary>Name of the function that spends beta on giving up, as declared; null when futility was not declared.</summary>
    public string? Futility { get; init; }

    /// <summary>Its parameter; null for the function's own default.</summary>
    public double? FutilityParameter { get; init; }

    /// <summary>Adjustment of the secondary family.</summary>
    public CorrectionKind Correction { get; init; } = CorrectionKind.BenjaminiHochberg;

    public PrimaryRule PrimaryRule { get; init; } = PrimaryRule.All;

    /// <summary>A Bayesian view of the primaries in the report; null when none was asked for.</summary>
    public BayesianPlan? Bayesian { get; init; }

    public int MinimumDays { get; init; }
    public TimeSpan BurnIn { get; init; }

    /// <summary>What was known of a unit before and adjusts every mean, count, proportion and ratio (CUPED), all together; empty for none.</summary>
    public ImmutableArray<Covariate> Covariates { get; init; } = [];

    /// <summary>From which spread the covariates' coefficients are estimated.</summary>
    public ThetaKind Theta { get; init; } = ThetaKind.WithinArm;

    /// <summary>Attributes, known before the first exposure, whose combined values are the strata of a post-stratification; empty for none, and then alone: never beside covariates.</summary>
    public ImmutableArray<string> Strata { get; init; } = [];
}
