using System.Collections.Immutable;
using Assay.Experiments;

namespace Assay.Storage;

/// <summary>The outcome of reading two recordings: every problem at once, and the pairs when none of them is an error.</summary>
/// <param name="Values">Null when there are errors.</param>
/// <param name="Problems">Errors and warnings.</param>
public sealed record PairedFileResult(PairedValues? Values, ImmutableArray<DataProblem> Problems)
{
    public IEnumerable<DataProblem> Errors => Problems.Where(p => p.Severity == ProblemSeverity.Error);
}
