namespace Assay.Evaluation.Checks;

/// <summary>Texts in reasons: short, on one line.</summary>
internal static class Shown
{
    private const int Longest = 80;

    public static string Short(string text)
    {
        var line = text.ReplaceLineEndings(" ").Trim();
        if (line.Length > Longest) line = line[..(char.IsHighSurrogate(line[Longest - 1]) ? Longest - 1 : Longest)] + "…";
        return $"'{line}'";
    }

    /// <summary>The last line that says something: where programs say what went wrong.</summary>
    public static string Last(string text) => Short(text.Split('\n').LastOrDefault(l => !string.IsNullOrWhiteSpace(l)) ?? "");
}
