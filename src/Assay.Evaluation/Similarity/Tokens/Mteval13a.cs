using System.Buffers;

namespace Assay.Evaluation.Similarity;

/// <summary>The tokenisation of mteval-v13a, which sacrebleu calls 13a: case is kept, punctuation stands alone, but not a point or comma between digits.</summary>
internal static class Mteval13a
{
    public static int[] Tokenize(string text, Vocabulary vocabulary)
    {
        text = Plain(text);
        var separated = ArrayPool<char>.Shared.Rent(3 * text.Length + 1);
        var length = Separate(text, separated);
        var ids = Tokenizer.Whitespace(separated.AsSpan(0, length), vocabulary);
        ArrayPool<char>.Shared.Return(separated);
        return ids;
    }

    private static string Plain(string text)
    {
        if (text.Contains('<', StringComparison.Ordinal)) text = text.Replace("<skipped>", "", StringComparison.Ordinal);
        if (text.Contains('\n', StringComparison.Ordinal)) text = text.Replace("-\n", "", StringComparison.Ordinal).Replace('\n', ' ');
        return text.Contains('&', StringComparison.Ordinal)
            ? text.Replace("&quot;", "\"", StringComparison.Ordinal).Replace("&amp;", "&", StringComparison.Ordinal).Replace("&lt;", "<", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal)
            : text;
    }

    /// <summary>Writes the text with spaces where tokens end; at most three characters for one.</summary>
    private static int Separate(string text, Span<char> to)
    {
        var (length, separated) = (0, -2);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (!IsSpecial(c))
            {
                to[length++] = c;
                continue;
            }
            // The ends of the text count as spaces, which are no digits.
            char before = i == 0 ? ' ' : text[i - 1], after = i + 1 == text.Length ? ' ' : text[i + 1];
            var alone = c switch
            {
                '.' or ',' => (!char.IsAsciiDigit(before) && separated != i - 1) || !char.IsAsciiDigit(after),
                '-' => char.IsAsciiDigit(before),
                _ => true,
            };
            // The rule takes a mark together with what stands before it, so a mark that was just taken is nobody's "before": the comma of ".,5" stays.
            if (alone && c is ('.' or ',') && !char.IsAsciiDigit(before)) separated = i;
            if (alone) to[length++] = ' ';
            to[length++] = c;
            if (alone) to[length++] = ' ';
        }
        return length;
    }

    // ASCII punctuation but for the apostrophe.
    private static bool IsSpecial(char c) => c is (>= '!' and <= '&') or (>= '(' and <= '/') or (>= ':' and <= '@') or (>= '[' and <= '`') or (>= '{' and <= '~');
}
