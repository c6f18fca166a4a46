using System.Globalization;
using System.Text;

namespace Assay.Evaluation.Checks;

/// <summary>How long a text is to a reader.</summary>
internal static class TextLength
{
    /// <summary>Grapheme clusters (UAX #29): what a reader calls a character; an accent or an emoji's parts count with their base.</summary>
    public static int Characters(string text)
    {
        var count = 0;
        for (var i = 0; i < text.Length; i += StringInfo.GetNextTextElementLength(text.AsSpan(i))) count++;
        return count;
    }

    /// <summary>Runs of letters, digits and marks, with apostrophes and hyphens inside; each ideograph or kana is a word of its own, for such scripts write no spaces.</summary>
    public static int Words(string text)
    {
        var (count, inside) = (0, false);
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsUnspaced(rune.Value)) (count, inside) = (count + 1, false);
            else if (Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark)
                (count, inside) = (inside ? count : count + 1, true);
            else if (!(inside && rune.Value is '\'' or '’' or '-')) inside = false;
        }
        return count;
    }

    private static bool IsUnspaced(int code) => code is (>= 0x3040 and <= 0x30FF) or (>= 0x3400 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF);
}
