using System.Collections.Immutable;

namespace Assay.Evaluation;

/// <summary>A command to run.</summary>
public sealed record ProcessRequest
{
    /// <summary>The program and its arguments; no shell reads them. A program with a slash is a path from the working directory.</summary>
    public required ImmutableArray<string> Command { get; init; }

    /// <summary>Null: the process's own folder.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>UTF-8; then the end of the file.</summary>
    public string Input { get; init; } = "";

    /// <summary>The whole environment of the child, besides PATH, HOME, TMPDIR (both the working directory) and a UTF-8 locale: nothing is inherited, so no key leaks into code that a model wrote.</summary>
    public ImmutableSortedDictionary<string, string> Environment { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    public ProcessLimits Limits { get; init; } = new();
}
