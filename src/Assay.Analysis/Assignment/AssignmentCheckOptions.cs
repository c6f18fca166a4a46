using System.Collections.Immutable;
using Assay.Events;
using Assay.Experiments;

namespace Assay.Analysis;

/// <summary>What an assignment is checked with.</summary>
public sealed record AssignmentCheckOptions
{
    /// <summary>Re-salted assignments of the same units; 20 or more.</summary>
    public int Resalts { get; init; } = 500;

    /// <summary>Names the salts: the same seed gives the same result.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Level of the whole check, shared by its tests (Holm); a probability in (0, 1).</summary>
    public double Alpha { get; init; } = 0.001;

    /// <summary>Most threads to use; 1 or more.</summary>
    public int Parallelism { get; init; } = 1;

    /// <summary>What is known of every unit, for the audience.</summary>
    public UnitAttributes Attributes { get; init; }

    /// <summary>Values of the first primary by unit, for A/A comparisons; empty for none.</summary>
    public ImmutableArray<UnitValue> Values { get; init; } = [];

    /// <summary>Other experiments, whose arms must have nothing to do with this one's.</summary>
    public ImmutableArray<Experiment> Others { get; init; } = [];
}
