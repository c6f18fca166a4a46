namespace Assay.Experiments;

/// <summary>One thing that is wrong, or only doubtful, in a definition.</summary>
/// <param name="Severity">Errors refuse the definition; warnings do not.</param>
/// <param name="Code">Stable name of the rule, for scripts: <c>unknown-key</c>, <c>weights-sum</c>, ….</param>
/// <param name="File">As the user named it; null over HTTP.</param>
/// <param name="Line">1-based; 0 when unknown.</param>
/// <param name="Path">Where in the document: <c>variants[1].weight</c>.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Hint">What to do; null when the message says it.</param>
public sealed record DefinitionProblem(ProblemSeverity Severity, string Code, string? File, int Line, string Path, string Message, string? Hint)
{
    public override string ToString() =>
        $"{File ?? "definition"}{(Line > 0 ? $":{Line}" : "")}: {(Severity == ProblemSeverity.Error ? "error" : "warning")}: {Message}{(Hint is null ? "" : $" ({Hint})")} [{Code}]";
}
