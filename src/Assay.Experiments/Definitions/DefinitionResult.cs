using System.Collections.Immutable;

namespace Assay.Experiments;

/// <summary>The outcome of reading definitions: every problem at once, and the set when none of them is an error.</summary>
/// <param name="Definitions">Null when there are errors.</param>
/// <param name="Problems">In the order of the files and lines.</param>
public sealed record DefinitionResult(DefinitionSet? Definitions, ImmutableArray<DefinitionProblem> Problems)
{
    public IEnumerable<DefinitionProblem> Errors => Problems.Where(p => p.Severity == ProblemSeverity.Error);
    public IEnumerable<DefinitionProblem> Warnings => Problems.Where(p => p.Severity == ProblemSeverity.Warning);
}
