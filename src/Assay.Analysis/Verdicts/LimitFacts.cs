namespace Assay.Analysis;

/// <summary>A guardrail's limit, or the largest loss tolerated in a critical segment, held against one treatment.</summary>
/// <param name="Metric">The guardrail metric, or the primary in the segment.</param>
/// <param name="State">How the interval lies.</param>
/// <param name="Text">For people.</param>
/// <param name="IsSegment">Only changes the code of the reason.</param>
/// <param name="IsAlwaysValid">True when the bound may be looked at all the time, so that a broken limit decides before the planned end.</param>
public sealed record LimitFacts(string Metric, LimitState State, string Text, bool IsSegment = false, bool IsAlwaysValid = false);
