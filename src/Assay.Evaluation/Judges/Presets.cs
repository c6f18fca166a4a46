using System.Collections.Immutable;

namespace Assay.Evaluation;

/// <summary>Rubrics that come with the program; the same YAML as a user's own.</summary>
public static class Presets
{
    private const string Prefix = "rubrics/";

    /// <summary>Names, in alphabetical order.</summary>
    public static ImmutableArray<string> Names { get; } =
    [
        .. typeof(Presets).Assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(n => n[Prefix.Length..^".yaml".Length]).Order(StringComparer.Ordinal),
    ];

    /// <summary>The rubric of that name; null when there is none.</summary>
    public static Rubric? Find(string name) => Text(name) is not { } text ? null
        : RubricReader.ReadText(text, name).Rubric ?? throw new InvalidOperationException($"the preset '{name}' is broken");

    /// <summary>Its YAML, for who wants to start from it; null when there is none.</summary>
    public static string? Text(string name)
    {
        using var stream = typeof(Presets).Assembly.GetManifestResourceStream(Prefix + name + ".yaml");
        if (stream is null) return null;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
