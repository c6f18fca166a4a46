using System.Collections.Immutable;

namespace Assay.Analysis;

/// <summary>What to do.</summary>
/// <param name="Decision">See docs/report.md.</param>
/// <param name="Variant">The variant that the decision is about; null when it is about none in particular.</param>
/// <param name="Headline">One sentence, in natural counts.</param>
/// <param name="Reasons">Why, most important first.</param>
/// <param name="NextStep">What to do next, as a command where there is one.</param>
public sealed record Verdict(Decision Decision, string? Variant, string Headline, ImmutableArray<VerdictReason> Reasons, string NextStep);
