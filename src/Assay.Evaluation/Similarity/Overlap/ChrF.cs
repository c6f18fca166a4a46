using Assay.Evaluation.Similarity;
using Assay.Statistics;

namespace Assay.Evaluation;

/// <summary>chrF: F of character n-grams, recall weighing β² = 4 times precision; chrF++ with word n-grams beside.</summary>
/// <remarks>M. Popović (2015), doi:10.18653/v1/W15-3049, and (2017), doi:10.18653/v1/W17-4770; conventions of sacrebleu: orders 1 to 6 of characters (code points without white space) and, for chrF++, 1 and 2 of words
/// (a punctuation mark at a word's end or else its start is a word of its own); precision and recall are averaged over the orders that both texts are long enough for; case counts.</remarks>
public static class ChrF
{
    private const int CharacterOrders = 6;
    private const double BetaSquared = 4;

    /// <summary>The best over the references.</summary>
    /// <param name="answer">May be empty: 0.</param>
    /// <param name="references">One or more.</param>
    /// <param name="wordOrders">0: chrF; 2: chrF++.</param>
    /// <returns>In [0, 1]; not estimable when all references are blank.</returns>
    /// <exception cref="ArgumentException">There is no reference.</exception>
    /// <exception cref="ArgumentOutOfRangeException">wordOrders is below 0.</exception>
    public static Estimated<double> Score(string answer, IReadOnlyList<string> references, int wordOrders = 0)
    {
        ArgumentNullException.ThrowIfNull(answer);
        ArgumentNullException.ThrowIfNull(references);
        ArgumentOutOfRangeException.ThrowIfNegative(wordOrders);
        if (references.Count == 0) throw new ArgumentException("an answer needs one or more references", nameof(references));
        var usable = references.Where(r => !string.IsNullOrWhiteSpace(r)).ToArray();
        if (usable.Length == 0) return new NotEstimable("all references are blank");
        return usable.Max(r => Score(CanonicalText.Compose(answer), CanonicalText.Compose(r), wordOrders));
    }

    private static double Score(string answer, string reference, int wordOrders)
    {
        var sums = new Sums();
        var characters = new Vocabulary();
        sums.Add([Tokenizer.Characters(answer, characters), Tokenizer.Characters(reference, characters)], characters.Count, CharacterOrders);
        var words = new Vocabulary();
        if (wordOrders > 0) sums.Add([Words(answer, words), Words(reference, words)], words.Count, wordOrders);
        return sums.F;
    }

    private static int[] Words(string text, Vocabulary vocabulary)
    {
        var ids = new List<int>();
        foreach (var (start, length) in Tokenizer.Runs(text))
        {
            var word = text.AsSpan(start, length);
            if (length == 1) ids.Add(vocabulary.IdOf(word));
            else if (IsPunctuation(word[^1])) ids.AddRange([vocabulary.IdOf(word[..^1]), vocabulary.IdOf(word[^1..])]);
            else if (IsPunctuation(word[0])) ids.AddRange([vocabulary.IdOf(word[..1]), vocabulary.IdOf(word[1..])]);
            else ids.Add(vocabulary.IdOf(word));
        }
        return [.. ids];
    }

    private static bool IsPunctuation(char c) => c < 128 && (char.IsPunctuation(c) || char.IsSymbol(c));

    private sealed class Sums
    {
        private double precision, recall;
        private int orders;

        public double F => precision + recall == 0 ? 0 : (1 + BetaSquared) * (precision / orders) * (recall / orders) / (BetaSquared * (precision / orders) + recall / orders);

        public void Add(int[][] sequences, int vocabulary, int upTo)
        {
            var ngrams = new NgramIds(sequences, vocabulary);
            for (var n = 1; n <= upTo; n++)
            {
                if (n > 1) ngrams.NextOrder();
                var (answer, reference) = (ngrams.Of(0).Length, ngrams.Of(1).Length);
                if (answer == 0 || reference == 0) return;
                var shared = (double)ngrams.Shared(0, 1);
                precision += shared / answer;
                recall += shared / reference;
                orders++;
            }
        }
    }
}
