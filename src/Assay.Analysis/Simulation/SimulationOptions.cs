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
}
