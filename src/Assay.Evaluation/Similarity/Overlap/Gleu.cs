using Assay.Evaluation.Similarity;
using Assay.Statistics;

namespace Assay.Evaluation;

/// <summary>GLEU ("Google BLEU"): of all n-grams of orders 1 to 4 together, the smaller of precision and recall. Made for single sentences; symmetric in answer and reference.</summary>
/// <remarks>Y. Wu et al. (2016), arXiv:1609.08144, section 6. Tokens are those of <see cref="BleuTokens.Mteval13a"/>; case counts. Not the GLEU of grammatical error correction.</remarks>
public static class Gleu
{
    private const int Orders = 4;

    /// <summary>The best over the references.</summary>
    /// <param name="answer">May be empty: 0.</param>
    /// <param name="references">One or more.</param>
    /// <returns>In [0, 1]; not estimable when no reference has a token.</returns>
    /// <exception cref="ArgumentException">There is no reference.</exception>
    public static Estimated<double> Sentence(string answer, IReadOnlyList<string> references)
    {
        ArgumentNullException.ThrowIfNull(answer);
        ArgumentNullException.ThrowIfNull(references);
        if (references.Count == 0) throw new ArgumentException("an answer needs one or more references", nameof(references));
        double? best = null;
        foreach (var reference in references)
        {
            var vocabulary = new Vocabulary();
            int[][] sequences = [Tokens(answer, vocabulary), Tokens(reference, vocabulary)];
            if (sequences[1].Length == 0) continue;
            var ngrams = new NgramIds(sequences, vocabulary.Count);
            var (shared, answerTotal, referenceTotal) = (0, 0, 0);
            for (var n = 0; n < Orders; n++)
            {
                if (n > 0) ngrams.NextOrder();
                shared += ngrams.Shared(0, 1);
                answerTotal += ngrams.Of(0).Length;
                referenceTotal += ngrams.Of(1).Length;
            }
            best = Math.Max(best ?? 0, (double)shared / Math.Max(answerTotal, referenceTotal));
        }
        return best is { } value ? value : new NotEstimable("no reference has a token");
    }

    private static int[] Tokens(string text, Vocabulary vocabulary) => Mteval13a.Tokenize(CanonicalText.Compose(text), vocabulary);
}
