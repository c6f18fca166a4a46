using System.Collections.Immutable;
using System.Text;

namespace Assay.Experiments;

/// <summary>A text with <c>{{name}}</c> placeholders, parsed once. Names are letters, digits, <c>_</c>, <c>.</c> and <c>-</c>, spaces around them are free; anything else between braces is plain text.</summary>
public sealed class TemplateText
{
    /// <summary>Alternating: text, name, text, name, …, text.</summary>
    private readonly string[] parts;

    private TemplateText(string text, string[] parts)
    {
        this.parts = parts;
        Text = text;
        Names = [.. parts.Where((_, i) => i % 2 == 1).Distinct(StringComparer.Ordinal)];
    }

    public string Text { get; }

    /// <summary>The variables that are needed, each once, in order of appearance.</summary>
    public ImmutableArray<string> Names { get; }

    public static TemplateText Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = new List<string>();
        int plain = 0, search = 0;
        while (search < text.Length)
        {
            var open = text.IndexOf("{{", search, StringComparison.Ordinal);
            var close = open < 0 ? -1 : text.IndexOf("}}", open + 2, StringComparison.Ordinal);
            if (close < 0) break;
            var name = text.AsSpan(open + 2, close - open - 2).Trim();
            if (!IsName(name))
            {
                search = open + 1;
                continue;
            }
            parts.Add(text[plain..open]);
            parts.Add(name.ToString());
            plain = search = close + 2;
        }
        parts.Add(text[plain..]);
        return new TemplateText(text, [.. parts]);
    }

    /// <summary>Fills the placeholders.</summary>
    /// <param name="lookup">Value of a variable; null when there is none.</param>
    /// <returns>The text, or the name of the first variable that is missing.</returns>
    public TemplateResult Render(Func<string, string?> lookup)
    {
        ArgumentNullException.ThrowIfNull(lookup);
        if (parts.Length == 1) return new TemplateResult(Text, null);
        var result = new StringBuilder(Text.Length + 64);
        for (var i = 0; i < parts.Length; i++)
        {
            if (i % 2 == 0)
            {
                result.Append(parts[i]);
                continue;
            }
            if (lookup(parts[i]) is not { } value) return new TemplateResult(null, parts[i]);
            result.Append(value);
        }
        return new TemplateResult(result.ToString(), null);
    }

    private static bool IsName(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty) return false;
        foreach (var c in name)
            if (!char.IsLetterOrDigit(c) && c is not ('_' or '.' or '-')) return false;
        return true;
    }
}
