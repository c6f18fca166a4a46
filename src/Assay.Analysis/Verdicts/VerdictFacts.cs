using System.Collections.Immutable;
using Assay.Experiments;

namespace Assay.Analysis;

/// <summary>Everything that a decision depends on, and nothing else.</summary>
public sealed record VerdictFacts
{
    /// <summary>Why the data cannot be trusted; empty when they can.</summary>
    public ImmutableArray<VerdictReason> Invalidities { get; init; } = [];

    /// <summary>Why the experiment was rolled back; null when it was not.</summary>
    public string? RolledBackReason { get; init; }

    /// <summary>True at the planned end and at a registered look that was evaluated as one.</summary>
    public required bool IsDecisionPoint { get; init; }

    /// <summary>True at the planned end only.</summary>
    public required bool IsFinal { get; init; }

    /// <summary>At a registered look before the end: which one, for the reasons.</summary>
    public string? LookName { get; init; }

    /// <summary>True in a hybrid plan: harm decides at any time, the rest at the planned end only.</summary>
    public bool WatchesHarm { get; init; }

    /// <summary>Why an experiment that was ended short of its plan decides nothing; null when it was not.</summary>
    public string? EndedEarly { get; init; }

    public PrimaryRule Rule { get; init; } = PrimaryRule.All;

    /// <summary>At least one.</summary>
    public required ImmutableArray<TreatmentFacts> Treatments { get; init; }

    /// <summary>Pairs of treatments that the data cannot tell apart on the first primary.</summary>
    public ImmutableArray<VariantPair> Indistinguishable { get; init; } = [];
}
