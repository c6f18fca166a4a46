using System.Collections.Immutable;

namespace Assay.Evaluation;

/// <summary>Comparisons over the cases of one tag. A look at many tags finds something by chance: p-values are adjusted over all tags and metrics.</summary>
/// <param name="Tag">As the cases declare it.</param>
/// <param name="Comparisons">A row per metric and treatment.</param>
public sealed record TagComparison(string Tag, ImmutableArray<ComparisonRow> Comparisons);
