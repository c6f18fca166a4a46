using System.Collections.Immutable;
using Assay.Experiments;

namespace Assay.Evaluation;

/// <summary>Judges as read, or what is wrong with them.</summary>
/// <param name="Judges">Those that can be used.</param>
/// <param name="Problems">Errors and warnings, with file and line.</param>
public sealed record JudgesResult(ImmutableArray<JudgeSpec> Judges, ImmutableArray<DefinitionProblem> Problems);
