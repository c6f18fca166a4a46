namespace Assay.Evaluation.Similarity;

/// <summary>Numbers for the stems of a vocabulary's words; each different word is stemmed once, when it is asked for.</summary>
/// <param name="words">The vocabulary.</param>
/// <param name="longerThan">Words up to this length are their own stems.</param>
internal sealed class StemNumbers(Vocabulary words, int longerThan)
{
    private readonly Vocabulary stems = new();
    private readonly int[] known = new int[words.Count];

    public int Count => stems.Count;

    public int Of(int word)
    {
        // Kept plus one: 0 is not stemmed yet.
        if (known[word] == 0)
        {
            var text = words.TextOf(word);
            known[word] = 1 + stems.IdOf(text.Length > longerThan ? PorterStemmer.Stem(text) : text);
        }
        return known[word] - 1;
    }
}
