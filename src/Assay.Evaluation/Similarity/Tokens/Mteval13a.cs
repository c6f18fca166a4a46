using System.Text;

namespace Assay.Evaluation.Similarity;

/// <summary>The tokenisation of mteval-v13a, which sacrebleu calls 13a: case is kept, punctuation stands alone, but not a point or comma between digits.</summary>
internal static class Mteval13a
{
    public static int[] Tokenize(string text, Vocabulary vocabulary) => Tokenizer.Whitespace(Separate(text), vocabulary);

    /// <summary>The text with spaces where tokens end.</summary>
    public static string Separate(string text)
    {
        if (text.Contains('<', StringComparison.Ordinal)) text = text.Replace("<skipped>", "", StringComparison.Ordinal);
        if (text.Contains('\n', StringComparison.Ordinal)) text = text.Replace("-\n", "", StringComparison.Ordinal).Replace('\n', ' ');
        if (text.Contains('&', StringComparison.Ordinal))
        {
            text = text.Replace("&quot;", "\"", StringComparison.Ordinal).Replace("&amp;", "&", StringComparison.Ordinal)
                .Replace("&lt;", "<", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal);
        }
        var result = new StringBuilder(text.Length + text.Length / 4 + 2);
        var separated = -2;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            // The ends of the text count as spaces, which are no digits.
            char before = i == 0 ? ' ' : text[i - 1], after = i + 1 == text.Length ? ' ' : text[i + 1];
            var alone = c switch
            {
                '.' or ',' => (!char.IsAsciiDigit(before) && separated != i - 1) || !char.IsAsciiDigit(after),
                '-' => char.IsAsciiDigit(before),
                _ => IsAlone(c),
            };
            // The rule takes a mark together with what stands before it, so a mark that was just taken is nobody's "before": the comma of ".,5" stays.
            if (alone && c is ('.' or ',') && !char.IsAsciiDigit(before)) separated = i;
            if (alone) result.Append(' ').Append(c).Append(' ');
            else result.Append(c);
        }
        return result.ToString();
    }

    // ASCII punctuation but for the apostrophe, comma, hyphen and full stop.
    private static bool IsAlone(char c) => c is (>= '!' and <= '&') or (>= '(' and <= '+') or '/' or (>= ':' and <= '@') or (>= '[' and <= '`') or (>= '{' and <= '~');
}
