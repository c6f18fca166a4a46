using System.Collections.Immutable;
using Assay.Experiments;

namespace Assay.Evaluation;

/// <summary>A rubric as read, or what is wrong with it.</summary>
/// <param name="Rubric">Null when there are errors.</param>
/// <param name="Problems">Errors and warnings, with file and line.</param>
public sealed record RubricResult(Rubric? Rubric, ImmutableArray<DefinitionProblem> Problems);
