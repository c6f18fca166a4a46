using System.Collections.Immutable;
using Assay.Experiments;

namespace Assay.Storage;

/// <summary>The outcome of reading a pilot's columns: every problem at once, and the rows when none of them is an error.</summary>
/// <param name="Rows">Null when there are errors.</param>
/// <param name="Problems">Errors and warnings.</param>
public sealed record PilotFileResult(PilotRows? Rows, ImmutableArray<DataProblem> Problems)
{
    public IEnumerable<DataProblem> Errors => Problems.Where(p => p.Severity == ProblemSeverity.Error);
}
