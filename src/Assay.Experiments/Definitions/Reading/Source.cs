namespace Assay.Experiments.Reading;

/// <summary>Where a document came from, and where its problems go.</summary>
/// <param name="File">As the user named it; null over HTTP.</param>
/// <param name="Directory">Where its references are looked for; null: references are refused.</param>
/// <param name="Problems">The list that all sources of one reading share.</param>
internal sealed record Source(string? File, string? Directory, ProblemList Problems)
{
    /// <summary>Anchors of the page that explains the choices which warnings question.</summary>
    public const string Choosing = "docs/concepts/choosing.md#";

    public void Error(string code, int line, string path, string message, string? hint = null) =>
        Problems.Add(new DefinitionProblem(ProblemSeverity.Error, code, File, line, path, message, hint));

    public void Warning(string code, int line, string path, string message, string? hint = null) =>
        Problems.Add(new DefinitionProblem(ProblemSeverity.Warning, code, File, line, path, message, hint));

    /// <summary>Reads a referenced file as text with LF line ends, so that a checkout's line ends do not change the hash; null, with a problem, when it cannot be read.</summary>
    public string? ReadReferenced(string reference, int line, string path, out string displayName)
    {
        displayName = reference;
        if (Directory is null)
        {
            Error("file-not-allowed", line, path, $"files cannot be referenced here: '{reference}'", "put the content inline");
            return null;
        }
        var full = Path.GetFullPath(Path.Combine(Directory, reference));
        displayName = DisplayName(reference);
        var text = TextFile.Read(full, out var problem);
        if (text is null) Error("file-not-found", line, path, $"cannot read '{displayName}': {problem}", "paths are relative to the file that names them");
        return text;
    }

    /// <summary>A file named inside this one, as the user would name it from where they stand.</summary>
    public string DisplayName(string reference)
    {
        var folder = File is null ? null : Path.GetDirectoryName(File);
        return string.IsNullOrEmpty(folder) ? reference : Path.Combine(folder, reference);
    }
}
