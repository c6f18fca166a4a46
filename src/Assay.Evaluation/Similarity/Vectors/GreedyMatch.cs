using Assay.Statistics;

namespace Assay.Evaluation;

/// <summary>Greedy matching of two sets of vectors: each is matched with the one most like it on the other side, however often that one is matched.</summary>
/// <remarks>The scheme of BERTScore (T. Zhang et al., 2020, arXiv:1904.09675, section 3, without weights). Over vectors of tokens in context it is BERTScore; over vectors of sentences it is not, for a sentence that
/// is half right gets one vector and one cosine: the two are reported under names of their own.</remarks>
public static class GreedyMatch
{
    /// <summary>Precision: mean over the answer's vectors of the largest cosine with any of the reference's; recall the other way round; F their harmonic mean.</summary>
    /// <param name="answer">One vector or more, all of one length.</param>
    /// <param name="reference">One vector or more, of the same length.</param>
    /// <returns>Cosines, so in [−1, 1]; F is 0 unless both are positive. Not estimable when a side is empty or a vector has length 0.</returns>
    /// <exception cref="ArgumentException">The vectors differ in length.</exception>
    public static Estimated<PrecisionRecall> Score(IReadOnlyList<float[]> answer, IReadOnlyList<float[]> reference)
    {
        ArgumentNullException.ThrowIfNull(answer);
        ArgumentNullException.ThrowIfNull(reference);
        if (answer.Count == 0 || reference.Count == 0) return new NotEstimable("one side has no vector");
        var (rows, columns) = (new double[answer.Count], new double[reference.Count]);
        Array.Fill(rows, double.NegativeInfinity);
        Array.Fill(columns, double.NegativeInfinity);
        for (var i = 0; i < rows.Length; i++)
            for (var j = 0; j < columns.Length; j++)
            {
                var cosine = Cosine.Similarity(answer[i], reference[j]);
                if (!cosine.IsEstimable) return new NotEstimable(cosine.Reason!);
                rows[i] = Math.Max(rows[i], cosine.Value);
                columns[j] = Math.Max(columns[j], cosine.Value);
            }
        double precision = rows.Average(), recall = columns.Average();
        return precision <= 0 || recall <= 0 ? new PrecisionRecall(precision, recall, 0) : PrecisionRecall.Of(precision, recall);
    }
}
