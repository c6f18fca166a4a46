namespace Assay.Evaluation.Similarity;

/// <summary>Splits texts into tokens and numbers them.</summary>
internal static class Tokenizer
{
    /// <summary>Lower-cased runs of letters, digits and marks; an ideograph or kana is a token of its own. Equal to the splitting of rouge-score on ASCII texts.</summary>
    public static int[] Words(string text, Vocabulary vocabulary)
    {
        var lower = CanonicalText.Compose(text).ToLowerInvariant();
        var ids = new TokenBuffer(lower.Length + 1);
        for (var i = 0; i < lower.Length;)
        {
            var (length, kind) = CharacterKinds.At(lower, i);
            if (kind != CharacterKind.Word)
            {
                if (kind == CharacterKind.Ideograph) ids.Add(vocabulary.IdOf(lower.AsSpan(i, length)));
                i += length;
                continue;
            }
            var end = i + length;
            while (end < lower.Length && CharacterKinds.At(lower, end) is (var next, CharacterKind.Word)) end += next;
            ids.Add(vocabulary.IdOf(lower.AsSpan(i, end - i)));
            i = end;
        }
        return ids.ToArray();
    }

    /// <summary>Whatever stands between white space, as it is.</summary>
    public static int[] Whitespace(ReadOnlySpan<char> text, Vocabulary vocabulary)
    {
        var ids = new TokenBuffer(text.Length / 2 + 1);
        for (var i = 0; i < text.Length;)
        {
            if (char.IsWhiteSpace(text[i]))
            {
                i++;
                continue;
            }
            var start = i;
            while (i < text.Length && !char.IsWhiteSpace(text[i])) i++;
            ids.Add(vocabulary.IdOf(text[start..i]));
        }
        return ids.ToArray();
    }

    /// <summary>Code points, white space left out.</summary>
    public static int[] Characters(string text, Vocabulary vocabulary)
    {
        var ids = new TokenBuffer(text.Length + 1);
        for (var i = 0; i < text.Length;)
        {
            var length = char.IsHighSurrogate(text[i]) && i + 1 < text.Length ? 2 : 1;
            if (!char.IsWhiteSpace(text[i])) ids.Add(vocabulary.IdOf(text.AsSpan(i, length)));
            i += length;
        }
        return ids.ToArray();
    }

    /// <summary>The maximal runs without white space.</summary>
    public static IEnumerable<(int Start, int Length)> Runs(string text)
    {
        var start = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && !char.IsWhiteSpace(text[i]))
            {
                if (start < 0) start = i;
            }
            else if (start >= 0)
            {
                yield return (start, i - start);
                start = -1;
            }
        }
    }
}
