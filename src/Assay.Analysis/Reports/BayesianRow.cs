using System.Collections.Immutable;

namespace Assay.Analysis;

/// <summary>A primary of one treatment as a Bayesian sees it, under the plan's priors. The verdict never uses it, and stopping on it has no error guarantee.</summary>
public sealed record BayesianRow
{
    /// <summary>Null for metrics that have no Bayesian comparison.</summary>
    public BayesianPrior? Prior { get; init; }

    /// <summary>That the treatment is better than the control, whichever way is better.</summary>
    public double? ProbabilityBetter { get; init; }

    /// <summary>Posterior mean of treatment − control, in the metric's unit.</summary>
    public double? Difference { get; init; }

    /// <summary>Holds the difference with probability <see cref="IntervalLevel"/>, an equal share beyond each end.</summary>
    public ReportInterval? Interval { get; init; }

    public double? IntervalLevel { get; init; }

    /// <summary>All variants, the control first; empty when not estimable.</summary>
    public ImmutableArray<BayesianVariant> Variants { get; init; } = [];

    public required RowStatus Status { get; init; }

    /// <summary>Why nothing could be estimated; null when it could.</summary>
    public string? Reason { get; init; }
}
