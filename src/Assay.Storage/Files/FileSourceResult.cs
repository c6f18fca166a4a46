using System.Collections.Immutable;
using Assay.Experiments;

namespace Assay.Storage;

/// <summary>The outcome of opening recorded files: every problem at once, and the source when none of them is an error.</summary>
/// <param name="Source">Null when there are errors; else to be disposed by the caller.</param>
/// <param name="Problems">Errors and warnings.</param>
public sealed record FileSourceResult(FileMomentSource? Source, ImmutableArray<DataProblem> Problems)
{
    public IEnumerable<DataProblem> Errors => Problems.Where(p => p.Severity == ProblemSeverity.Error);
    public IEnumerable<DataProblem> Warnings => Problems.Where(p => p.Severity == ProblemSeverity.Warning);
}
