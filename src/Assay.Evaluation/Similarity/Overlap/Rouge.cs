using Assay.Evaluation.Similarity;
using Assay.Statistics;

namespace Assay.Evaluation;

/// <summary>ROUGE: n-grams (ROUGE-N) or the longest common subsequence (ROUGE-L) that answer and reference share.</summary>
/// <remarks>C.-Y. Lin (2004), ROUGE: a package for automatic evaluation of summaries, W04-1013. Tokens: lower-cased runs of letters, digits and marks, an ideograph alone
/// (on ASCII texts what rouge-score makes of them); with <c>stem</c>, Porter's stems of tokens longer than 3 letters, as rouge-score takes them. F weighs precision and recall alike.</remarks>
public static class Rouge
{
    /// <summary>ROUGE-N.</summary>
    /// <param name="answer">May be empty: 0.</param>
    /// <param name="reference">The reference.</param>
    /// <param name="order">n, from 1.</param>
    /// <param name="stem">Compare English stems.</param>
    /// <returns>Not estimable when the reference has no n-gram of that order.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The order is below 1.</exception>
    public static Estimated<PrecisionRecall> N(string answer, string reference, int order, bool stem = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(order, 1);
        var (sequences, vocabulary) = Tokens(answer, reference, stem);
        if (sequences[1].Length < order) return new NotEstimable(sequences[1].Length == 0 ? "the reference has no token" : $"the reference has {sequences[1].Length} tokens, and no {order}-gram");
        var ngrams = new NgramIds(sequences, vocabulary);
        while (ngrams.Order < order) ngrams.NextOrder();
        return PrecisionRecall.OfCounts(ngrams.Shared(0, 1), ngrams.Of(0).Length, ngrams.Of(1).Length);
    }

    /// <summary>ROUGE-L of the texts as one sequence each, not sentence by sentence (which is ROUGE-Lsum).</summary>
    /// <param name="answer">May be empty: 0.</param>
    /// <param name="reference">The reference.</param>
    /// <param name="stem">Compare English stems.</param>
    /// <returns>Not estimable when the reference has no token.</returns>
    public static Estimated<PrecisionRecall> L(string answer, string reference, bool stem = false)
    {
        var (sequences, vocabulary) = Tokens(answer, reference, stem);
        if (sequences[1].Length == 0) return new NotEstimable("the reference has no token");
        return PrecisionRecall.OfCounts(CommonSubsequence.Length(sequences[0], sequences[1], vocabulary), sequences[0].Length, sequences[1].Length);
    }

    private static (int[][] Sequences, int Vocabulary) Tokens(string answer, string reference, bool stem)
    {
        ArgumentNullException.ThrowIfNull(answer);
        ArgumentNullException.ThrowIfNull(reference);
        var vocabulary = new Vocabulary();
        int[][] sequences = [Tokenizer.Words(answer, vocabulary), Tokenizer.Words(reference, vocabulary)];
        if (!stem) return (sequences, vocabulary.Count);
        var stems = new StemNumbers(vocabulary, longerThan: 3);
        foreach (var sequence in sequences)
            for (var i = 0; i < sequence.Length; i++) sequence[i] = stems.Of(sequence[i]);
        return (sequences, stems.Count);
    }
}
