using System.Globalization;
using Assay.Experiments.Reading;

namespace Assay.Evaluation.Promptfoo;

/// <summary>What stands behind <c>file://</c>: texts, not programs; <c>*</c> in the last part names several.</summary>
internal static class PromptfooFiles
{
    private const string Scheme = "file://";
    private static readonly string[] Programs = [".js", ".mjs", ".cjs", ".ts", ".mts", ".cts", ".py", ".rb", ".sh"];

    public static bool IsReference(string text) => text.StartsWith(Scheme, StringComparison.Ordinal);

    /// <summary>The name without <c>file://</c>.</summary>
    public static string Name(string text) => IsReference(text) ? text[Scheme.Length..] : text;

    /// <summary>Whether it is code that promptfoo would run: <c>make.py</c>, <c>make.py:function</c>.</summary>
    public static bool IsProgram(string name)
    {
        var colon = name.LastIndexOf(':');
        return Programs.Contains(Path.GetExtension(name)) || (colon > 1 && Programs.Contains(Path.GetExtension(name[..colon])));
    }

    /// <summary>The files that a name stands for, in the order of their names; a name without <c>*</c> is itself.</summary>
    public static IEnumerable<string> Expand(string name, Source source)
    {
        var (folder, pattern) = (Path.GetDirectoryName(name) ?? "", Path.GetFileName(name));
        if (source.Directory is null || !pattern.Contains('*', StringComparison.Ordinal)) return [name];
        var full = Path.Combine(source.Directory, folder);
        return Directory.Exists(full) ? Directory.EnumerateFiles(full, pattern).Select(f => Path.Combine(folder, Path.GetFileName(f))).Order(StringComparer.Ordinal) : [name];
    }

    /// <summary>The texts of all files that a reference stands for; a problem for each that cannot be read, or is a program.</summary>
    public static IEnumerable<string> Texts(string reference, int line, string path, Source source)
    {
        foreach (var name in Expand(Name(reference), source))
        {
            if (IsProgram(name)) source.Error("promptfoo-program", line, path, $"'{name}' is a program, which has no equal here", "write what it would give as text");
            else if (source.ReadReferenced(name, line, path, out _) is { } text) yield return text;
        }
    }

    /// <summary>What a template engine would act on, and this program would send as it stands: tags, filters, calls. Null when there is none.</summary>
    public static string? TemplateLogic(string text)
    {
        foreach (var (open, close) in ((string, string)[])[("{%", "%}"), ("{#", "#}")])
            if (text.IndexOf(open, StringComparison.Ordinal) is >= 0 and var at && text.IndexOf(close, at, StringComparison.Ordinal) is > 0 and var end) return text[at..(end + 2)];
        for (var at = text.IndexOf("{{", StringComparison.Ordinal); at >= 0; at = text.IndexOf("{{", at + 2, StringComparison.Ordinal))
        {
            var end = text.IndexOf("}}", at, StringComparison.Ordinal);
            if (end < 0) return null;
            if (text.AsSpan(at + 2, end - at - 2).IndexOfAny("|([") >= 0) return text[at..(end + 2)];
        }
        return null;
    }

    public static string Place(Source source, int line) => string.Create(CultureInfo.InvariantCulture, $"{source.File}:{line}");
}
