using Assay.Experiments.Reading;

namespace Assay.Evaluation.Cases;

/// <summary>What a file of cases holds.</summary>
/// <param name="Rows">A mapping per case.</param>
/// <param name="IsTable">Fields that are no key of a case are variables.</param>
/// <param name="Promptfoo">The mapping of a promptfoo configuration, which holds tests instead of rows.</param>
/// <param name="Columns">Of a CSV file: its header; the empty cells of a row are not in the row.</param>
internal sealed record CaseFileContent(IReadOnlyList<Node> Rows, bool IsTable, MappingNode? Promptfoo = null, IReadOnlyList<string>? Columns = null);
