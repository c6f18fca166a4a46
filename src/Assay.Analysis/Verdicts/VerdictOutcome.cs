using System.Collections.Immutable;

namespace Assay.Analysis;

/// <summary>A decision with its grounds.</summary>
/// <param name="Decision">What holds first, in the order of docs/report.md.</param>
/// <param name="Variant">The treatment it is about; null when about the experiment as a whole.</param>
/// <param name="Reasons">Most important first.</param>
public sealed record VerdictOutcome(Decision Decision, string? Variant, ImmutableArray<VerdictReason> Reasons);
