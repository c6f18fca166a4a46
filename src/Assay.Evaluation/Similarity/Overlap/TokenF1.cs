using System.Globalization;
using System.Text;
using Assay.Evaluation.Similarity;

namespace Assay.Evaluation;

/// <summary>Token F1 of extractive question answering: words that answer and reference share, whatever their order. Symmetric in F.</summary>
/// <remarks>P. Rajpurkar et al. (2016), doi:10.18653/v1/D16-1264; the normalisation of SQuAD's script: lower case, no punctuation, no articles (a, an, the), split at white space.
/// Beyond ASCII, all of Unicode's punctuation goes too, which on ASCII texts changes nothing.</remarks>
public static class TokenF1
{
    /// <summary>Precision, recall and F1. Texts that are empty once normalised: both 1, one 0, as SQuAD 2.0 scores questions without an answer.</summary>
    public static PrecisionRecall Score(string answer, string reference)
    {
        var vocabulary = new Vocabulary();
        int[][] sequences = [Tokenizer.Whitespace(Normalize(answer), vocabulary), Tokenizer.Whitespace(Normalize(reference), vocabulary)];
        if (sequences[0].Length == 0 || sequences[1].Length == 0) return sequences[0].Length == sequences[1].Length ? new PrecisionRecall(1, 1, 1) : default;
        return PrecisionRecall.OfCounts(new NgramIds(sequences, vocabulary.Count).Shared(0, 1), sequences[0].Length, sequences[1].Length);
    }

    /// <summary>Whether the texts are the same once normalised (SQuAD's exact match).</summary>
    public static bool IsExactMatch(string answer, string reference) => Normalize(answer) == Normalize(reference);

    private static string Normalize(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var plain = new StringBuilder(text.Length);
        foreach (var rune in CanonicalText.Compose(text).ToLowerInvariant().EnumerateRunes())
            if (!IsPunctuation(rune)) plain.Append(rune);
        var letters = plain.ToString();
        return string.Join(' ', Tokenizer.Runs(letters).Select(r => letters.Substring(r.Start, r.Length)).Where(w => w is not ("a" or "an" or "the")));
    }

    private static bool IsPunctuation(Rune rune) => rune.Value switch
    {
        < 128 => char.IsPunctuation((char)rune.Value) || char.IsSymbol((char)rune.Value),
        _ => Rune.GetUnicodeCategory(rune) is >= UnicodeCategory.ConnectorPunctuation and <= UnicodeCategory.OtherPunctuation,
    };
}
