using System.Collections.Immutable;

namespace Assay.Experiments.Reading;

/// <summary>Collects problems from all files of one reading.</summary>
internal sealed class ProblemList
{
    private readonly List<DefinitionProblem> problems = [];
    private readonly List<string?> files = [];

    public bool HasErrors => problems.Exists(p => p.Severity == ProblemSeverity.Error);

    public void Add(DefinitionProblem problem)
    {
        // Aliased nodes are read once per use: one finding is enough.
        if (!problems.Contains(problem)) problems.Add(problem);
    }

    /// <summary>Files are reported in the order in which they were opened.</summary>
    public void Opened(string? file) => files.Add(file);

    public ImmutableArray<DefinitionProblem> InOrder() =>
        [.. problems.OrderBy(p => files.IndexOf(p.File)).ThenBy(p => p.Line)];
}
