using System.Collections.Immutable;
using Assay.Experiments;

namespace Assay.Evaluation;

/// <summary>A suite as read, or every reason why there is none.</summary>
/// <param name="Suite">Null when there are errors.</param>
/// <param name="Problems">In the order of the files and lines.</param>
public sealed record SuiteResult(Suite? Suite, ImmutableArray<DefinitionProblem> Problems);
