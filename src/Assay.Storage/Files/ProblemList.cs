using System.Collections.Immutable;
using Assay.Experiments;

namespace Assay.Storage;

/// <summary>Collects what is wrong while a file is read: everything at once, as with definitions.</summary>
internal sealed class ProblemList
{
    private readonly List<DataProblem> _problems = [];

    public bool HasErrors => _problems.Exists(p => p.Severity == ProblemSeverity.Error);

    public void Error(string code, string message, string? hint = null, string? file = null, long? line = null, string? column = null) =>
        _problems.Add(new DataProblem(ProblemSeverity.Error, code, file, line, column, message, hint));

    public void Warning(string code, string message, string? hint = null, string? file = null, long? line = null, string? column = null) =>
        _problems.Add(new DataProblem(ProblemSeverity.Warning, code, file, line, column, message, hint));

    public void AddRange(ProblemList others) => _problems.AddRange(others._problems);

    public ImmutableArray<DataProblem> ToImmutable() => [.. _problems];
}
