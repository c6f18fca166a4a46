using System.Globalization;
using Assay.Experiments;

namespace Assay.Storage;

/// <summary>One thing that is wrong, or only doubtful, in a recorded file.</summary>
/// <param name="Severity">Errors refuse the file; warnings do not.</param>
/// <param name="Code">Stable name of the rule, for scripts: <c>missing-column</c>, <c>not-a-number</c>, ….</param>
/// <param name="File">As the user named it.</param>
/// <param name="Line">1-based line of a text file (the header is line 1), row of a Parquet file; null when it is about the whole file.</param>
/// <param name="Column">The column; null when it is about none.</param>
/// <param name="Message">What is wrong, with the first offending value and how many there are.</param>
/// <param name="Hint">What to do; null when the message says it.</param>
public sealed record DataProblem(ProblemSeverity Severity, string Code, string? File, long? Line, string? Column, string Message, string? Hint = null)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{File ?? "data"}{(Line is { } line ? $":{line}" : "")}: {(Severity == ProblemSeverity.Error ? "error" : "warning")}: {Message}{(Hint is null ? "" : $" ({Hint})")} [{Code}]");
}
