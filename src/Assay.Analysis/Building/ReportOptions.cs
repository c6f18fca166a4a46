using System.Collections.Immutable;

namespace Assay.Analysis;

/// <summary>What a report depends on besides the definition and the moments.</summary>
public sealed record ReportOptions
{
    public static ReportOptions Default { get; } = new();

    public int Version { get; init; } = 1;

    /// <summary>True when the data are declared complete. False leaves it to the plan: final when it has neither a size nor looks, or when the matured units reach the planned ones.</summary>
    public bool IsFinal { get; init; }

    /// <summary>False for a recorded file without a definition: the report then has no definition hash.</summary>
    public bool HasDefinition { get; init; } = true;

    /// <summary>When the first unit could enter; needed to keep the plan's minimum days. Null: they are not checked.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Why the experiment was rolled back; null when it was not.</summary>
    public string? RolledBackReason { get; init; }

    /// <summary>Grounds to distrust the data that only the caller can know, such as a definition that changed under way.</summary>
    public ImmutableArray<VerdictReason> Invalidities { get; init; } = [];

    /// <summary>True while the experiment still takes traffic: a plan without a size or looks then has no end yet, where a recorded file is its own end.</summary>
    public bool IsLive { get; init; }

    /// <summary>True when a live experiment was ended: what is short of its plan stays so.</summary>
    public bool HasEnded { get; init; }

    /// <summary>The registered looks that were evaluated before, in order; none for a recorded file.</summary>
    public ImmutableArray<LookRecord> Looks { get; init; } = [];

    /// <summary>
    /// True when <see cref="Looks"/> is the whole history. False for a file whose rows have no order: a look is then evaluated only where the file holds just
    /// its units, or at the end, and earlier ones count as taken where they were registered, without knowing what they found.
    /// </summary>
    public bool RemembersLooks { get; init; }

    /// <summary>Made by <see cref="SequentialPlan.Of"/> from the same experiment, for a caller that builds many reports; null: made anew.</summary>
    public SequentialPlan? Sequential { get; init; }

    /// <summary>The z that the moments' quantile intervals were made with (<c>MomentsQuery.QuantileZ</c>); <see cref="MomentsQueries"/> asks for the plan's.</summary>
    public double QuantileZ { get; init; } = 1.959963984540054;
}
