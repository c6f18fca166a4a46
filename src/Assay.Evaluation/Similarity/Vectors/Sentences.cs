using System.Collections.Immutable;

namespace Assay.Evaluation.Similarity;

/// <summary>Splits a text into sentences: at line ends, and after . ! ? … with white space following, or after 。！？ at once.</summary>
/// <remarks>No dictionary of abbreviations: "Dr. Li" is split in two. Both texts of a comparison are split alike.</remarks>
internal static class Sentences
{
    public static ImmutableArray<string> Of(string text)
    {
        var sentences = ImmutableArray.CreateBuilder<string>();
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var ends = text[i] switch
            {
                '\n' or '\r' or '。' or '！' or '？' => true,
                '.' or '!' or '?' or '…' => i + 1 == text.Length || char.IsWhiteSpace(text[i + 1]),
                _ => false,
            };
            if (ends) Add(i + 1);
        }
        Add(text.Length);
        return sentences.ToImmutable();

        void Add(int end)
        {
            var sentence = text[start..end].Trim();
            start = end;
            if (sentence.Any(char.IsLetterOrDigit)) sentences.Add(sentence);
        }
    }
}
