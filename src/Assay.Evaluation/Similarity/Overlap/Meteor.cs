using Assay.Evaluation.Similarity;
using Assay.Statistics;

namespace Assay.Evaluation;

/// <summary>METEOR with the exact and the stem module, for English: F of matched words, recall weighing 9 times precision, less a penalty for matches that lie scattered.</summary>
/// <remarks>S. Banerjee and A. Lavie (2005), W05-0909: F = 10PR / (R + 9P), penalty 0.5 (chunks / matches)³. Words as in ROUGE, lower-cased; equal words are matched first, then equal stems (Porter) among the rest, each as many as there are,
/// in the alignment with the fewest chunks that a beam of 40 finds. The synonym module is left out: it needs WordNet.</remarks>
public static class Meteor
{
    /// <summary>The best over the references.</summary>
    /// <param name="answer">May be empty: 0.</param>
    /// <param name="references">One or more.</param>
    /// <returns>Not estimable when no reference has a word.</returns>
    /// <exception cref="ArgumentException">There is no reference.</exception>
    public static Estimated<MeteorScore> Score(string answer, IReadOnlyList<string> references)
    {
        ArgumentNullException.ThrowIfNull(answer);
        ArgumentNullException.ThrowIfNull(references);
        if (references.Count == 0) throw new ArgumentException("an answer needs one or more references", nameof(references));
        MeteorScore? best = null;
        foreach (var reference in references)
            if (Score(answer, reference) is { } score && (best is null || score.Value > best.Value)) best = score;
        return best is null ? new NotEstimable("no reference has a word") : best;
    }

    private static MeteorScore? Score(string answer, string reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        var words = new Vocabulary();
        int[] a = Tokenizer.Words(answer, words), b = Tokenizer.Words(reference, words);
        if (b.Length == 0) return null;
        var alignment = new int[a.Length];
        Array.Fill(alignment, WordAlignment.None);
        WordAlignment.Extend(alignment, a, b);
        var stems = new StemNumbers(words, longerThan: 0);
        WordAlignment.Extend(alignment, [.. a.Select(stems.Of)], [.. b.Select(stems.Of)]);
        var (matches, chunks) = WordAlignment.Count(alignment);
        if (matches == 0) return new MeteorScore(0, 0, 0, 0, 0);
        double precision = (double)matches / a.Length, recall = (double)matches / b.Length;
        var penalty = 0.5 * Math.Pow((double)chunks / matches, 3);
        return new MeteorScore(10 * precision * recall / (recall + 9 * precision) * (1 - penalty), precision, recall, matches, chunks);
    }
}
