using System.Collections.Immutable;

namespace Assay.Analysis;

/// <summary>What is simulated besides the plan.</summary>
public sealed record SimulationOptions
{
    /// <summary>True difference of every treatment in every primary, in the metric's unit; positive is good. 0 for an A/A experiment.</summary>
    public double Effect { get; init; }

    /// <summary>Experiments, 1 or more.</summary>
    public int Runs { get; init; } = 10_000;

    /// <summary>The same seed gives the same result, whatever the number of threads.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Most threads to use; 1 or more.</summary>
    public int Parallelism { get; init; } = 1;

    /// <summary>Units in all arms together, for plans that cannot be sized; null to take the plan's.</summary>
    public long? Units { get; init; }

    /// <summary>True to draw means unit by unit from a log-normal distribution instead of a normal one.</summary>
    public bool IsSkewed { get; init; }

    /// <summary>Truths of the control by metric that stand before those of the plan.</summary>
    public ImmutableArray<Assumption> Given { get; init; } = [];

    /// <summary>True differences of the secondaries; without one nothing changes in it. Positive is good.</summary>
    public ImmutableArray<SecondaryEffect> SecondaryEffects { get; init; } = [];

    /// <summary>Shares and effects of segments that are not as the rest.</summary>
    public ImmutableArray<SegmentAssumption> Segments { get; init; } = [];

    /// <summary>Correlation of the plan's covariate with what it adjusts, strictly between −1 and 1; nothing is known to be missing.</summary>
    public double CovariateCorrelation { get; init; } = 0.5;

    /// <summary>Correlation of each two metrics of one unit beyond what a covariate gives them both, on the normal scale from which values are drawn; below 1.</summary>
    public double MetricCorrelation { get; init; }

    /// <summary>Mean rows of one unit (requests of a conversation, members of a cluster), 1 or more, geometric; null: ratios have 2, everything else one.</summary>
    public double? ClusterSize { get; init; }

    /// <summary>Intraclass correlation: how alike one unit's rows are, in [0, 1), on the normal scale; null: 0, and .5 where rows of ratios and quantiles must follow a covariate or other metrics.</summary>
    public double? IntraclassCorrelation { get; init; }

    /// <summary>Units that enter a day, all arms together: then looks wait for the plan's minimum days, and days are counted. Null: time plays no part.</summary>
    public double? Daily { get; init; }
}
