using System.Globalization;
using System.Text;

namespace Assay.Evaluation.Similarity;

/// <summary>What code points are to a tokeniser.</summary>
internal static class CharacterKinds
{
    /// <summary>The kind of the code point at a place and its length in UTF-16 units.</summary>
    public static (int Length, CharacterKind Kind) At(string text, int index)
    {
        var c = text[index];
        if (c < 128) return (1, char.IsAsciiLetterOrDigit(c) ? CharacterKind.Word : CharacterKind.Other);
        if (Rune.DecodeFromUtf16(text.AsSpan(index), out var rune, out var length) != System.Buffers.OperationStatus.Done) return (length, CharacterKind.Other);
        return (length, Of(rune));
    }

    public static CharacterKind Of(Rune rune)
    {
        if (IsIdeograph(rune.Value)) return CharacterKind.Ideograph;
        return Rune.GetUnicodeCategory(rune) is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
            or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber
            or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark ? CharacterKind.Word : CharacterKind.Other;
    }

    /// <summary>Hiragana, katakana and Han, with their extensions.</summary>
    public static bool IsIdeograph(int code) => code is 0x3005 or (>= 0x3041 and <= 0x30FF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF);
}
