using Assay.Experiments.Reading;

namespace Assay.Evaluation;

/// <summary>Reads rubrics from YAML or JSON; every error is reported, with file and line.</summary>
public static class RubricReader
{
    /// <summary>Reads a file.</summary>
    public static RubricResult ReadFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var problems = new ProblemList();
        problems.Opened(path);
        var source = new Source(path, Path.GetDirectoryName(Path.GetFullPath(path)), problems);
        var text = TextFile.Read(Path.GetFullPath(path), out var problem);
        if (text is null) source.Error("file-not-found", 0, "", $"cannot read '{path}': {problem}");
        var rubric = text is null ? null : Read(text, source);
        return new RubricResult(problems.HasErrors ? null : rubric, problems.InOrder());
    }

    /// <summary>Reads a text; <paramref name="name"/> stands for the file in messages.</summary>
    public static RubricResult ReadText(string text, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        var problems = new ProblemList();
        problems.Opened(name);
        var rubric = Read(text, new Source(name, null, problems));
        return new RubricResult(problems.HasErrors ? null : rubric, problems.InOrder());
    }

    internal static Rubric? Read(string text, Source source)
    {
        var roots = NodeText.Read(text, source);
        if (roots.Count == 0)
        {
            if (!source.Problems.HasErrors) source.Error("empty", 0, "", "there is no rubric here");
            return null;
        }
        if (roots.Count > 1) source.Error("several-documents", roots[1].Line, "", "a rubric file holds one document");
        return Section.Of(roots[0], "", source) is { } section ? RubricSection.Read(section) : null;
    }
}
