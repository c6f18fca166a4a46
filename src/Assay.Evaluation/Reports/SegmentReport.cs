using System.Collections.Immutable;

namespace Assay.Evaluation;

/// <summary>The cases with one tag, by themselves: exploratory, adjusted for how many segments were looked at.</summary>
public sealed record SegmentReport(string Tag, int Cases, ImmutableArray<ComparisonRow> Comparisons);
