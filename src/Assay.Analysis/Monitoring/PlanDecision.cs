using System.Collections.Immutable;

namespace Assay.Analysis;

/// <summary>What a plan decides on given moments, without a report around it.</summary>
/// <param name="Decision">The same as a report's.</param>
/// <param name="Variant">The variant that the decision is about; null when it is about none in particular.</param>
/// <param name="Looks">The history, the look that was evaluated now included.</param>
/// <param name="IsLook">True when a look was evaluated now.</param>
/// <param name="Ends">True when the experiment is settled.</param>
public sealed record PlanDecision(Decision Decision, string? Variant, ImmutableArray<LookRecord> Looks, bool IsLook, bool Ends)
{
    /// <summary>The segments at a look; empty between looks, and when no segment was read.</summary>
    public ImmutableArray<SegmentReport> Segments { get; init; } = [];
}
