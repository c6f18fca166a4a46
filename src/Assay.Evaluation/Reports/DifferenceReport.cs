using System.Collections.Immutable;

namespace Assay.Evaluation;

/// <summary>What a treatment changes, in the form of a report.</summary>
public sealed record DifferenceReport(string Treatment, ImmutableArray<FieldDifference> Fields, ImmutableArray<string> Kinds, bool Confounded);
