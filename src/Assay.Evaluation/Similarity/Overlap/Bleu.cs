using System.Collections.Immutable;
using Assay.Evaluation.Similarity;
using Assay.Statistics;

namespace Assay.Evaluation;

/// <summary>BLEU: the geometric mean of clipped n-gram precisions of orders 1 to 4, times a brevity penalty.</summary>
/// <remarks>K. Papineni et al. (2002), doi:10.3115/1073083.1073135; conventions as in sacrebleu: M. Post (2018), doi:10.18653/v1/W18-6319.
/// Case counts. Orders that an answer is too short for are left out of the mean (effective order), so that a short answer equal to its reference scores 1.</remarks>
public static class Bleu
{
    private const int Orders = 4;

    /// <summary>BLEU of one answer. Unlike the mean of these, <see cref="Corpus"/> pools the counts of all answers first.</summary>
    /// <param name="answer">May be empty: 0.</param>
    /// <param name="references">One or more.</param>
    /// <param name="smoothing">For orders without a match, which single answers often have.</param>
    /// <param name="tokens">What is counted.</param>
    /// <returns>Not estimable when no reference has a token.</returns>
    /// <exception cref="ArgumentException">There is no reference.</exception>
    public static Estimated<BleuScore> Sentence(string answer, IReadOnlyList<string> references, BleuSmoothing smoothing = BleuSmoothing.Exponential, BleuTokens tokens = BleuTokens.Mteval13a)
    {
        var counts = new BleuCounts();
        counts.Add(answer, references, tokens);
        return counts.Score(smoothing, effectiveOrder: true);
    }

    /// <summary>BLEU of many answers together: counts are added up, then scored once.</summary>
    /// <param name="pairs">Answers with their references, one or more each; may be empty.</param>
    /// <param name="smoothing">For orders without a match in all the answers.</param>
    /// <param name="tokens">What is counted.</param>
    /// <returns>Not estimable when no reference has a token. An order that no answer is long enough for makes it 0.</returns>
    /// <exception cref="ArgumentException">An answer has no reference.</exception>
    public static Estimated<BleuScore> Corpus(IEnumerable<(string Answer, IReadOnlyList<string> References)> pairs, BleuSmoothing smoothing = BleuSmoothing.Exponential, BleuTokens tokens = BleuTokens.Mteval13a)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        var counts = new BleuCounts();
        foreach (var (answer, references) in pairs) counts.Add(answer, references, tokens);
        return counts.Score(smoothing, effectiveOrder: false);
    }

    /// <summary>Sufficient for BLEU: they add up over answers.</summary>
    private sealed class BleuCounts
    {
        private readonly long[] matches = new long[Orders], totals = new long[Orders];
        private long answerLength, referenceLength;

        public void Add(string answer, IReadOnlyList<string> references, BleuTokens kind)
        {
            ArgumentNullException.ThrowIfNull(answer);
            ArgumentNullException.ThrowIfNull(references);
            if (references.Count == 0) throw new ArgumentException("an answer needs one or more references", nameof(references));
            var vocabulary = new Vocabulary();
            int[][] sequences = [Tokens(answer, kind, vocabulary), .. references.Select(r => Tokens(r, kind, vocabulary))];
            var length = sequences[0].Length;
            answerLength += length;
            referenceLength += sequences.Skip(1).Select(s => s.Length).OrderBy(l => Math.Abs(l - length)).ThenBy(l => l).First();
            var ngrams = new NgramIds(sequences, vocabulary.Count);
            for (var n = 0; n < Orders; n++)
            {
                if (n > 0) ngrams.NextOrder();
                if (ngrams.Of(0).Length == 0) break;
                totals[n] += ngrams.Of(0).Length;
                matches[n] += ngrams.Clipped();
            }
        }

        public Estimated<BleuScore> Score(BleuSmoothing smoothing, bool effectiveOrder)
        {
            if (referenceLength == 0) return new NotEstimable("no reference has a token");
            var penalty = answerLength == 0 ? 0 : Math.Min(1, Math.Exp(1 - (double)referenceLength / answerLength));
            var precisions = ImmutableArray.CreateBuilder<double>(Orders);
            var halves = 1.0;
            for (var n = 0; n < Orders; n++)
            {
                var (matched, total) = ((double)matches[n], (double)totals[n]);
                if (smoothing == BleuSmoothing.AddOne && n > 0) (matched, total) = (matched + 1, total + 1);
                if (total == 0 || (effectiveOrder && totals[n] == 0)) break;
                precisions.Add(matched > 0 ? matched / total : smoothing switch
                {
                    BleuSmoothing.Floor => 0.1 / total,
                    BleuSmoothing.Exponential => 1 / ((halves *= 2) * total),
                    _ => 0,
                });
            }
            // Without a single token in common there is nothing to smooth.
            var orders = effectiveOrder ? precisions.Count : Orders;
            var value = matches.All(m => m == 0) || precisions.Count < orders || precisions.Any(p => p == 0) ? 0
                : penalty * Math.Exp(precisions.Sum(Math.Log) / orders);
            return new BleuScore(value, precisions.ToImmutable(), penalty, answerLength, referenceLength);
        }

        private static int[] Tokens(string text, BleuTokens kind, Vocabulary vocabulary)
        {
            ArgumentNullException.ThrowIfNull(text);
            text = CanonicalText.Compose(text);
            return kind switch
            {
                BleuTokens.Mteval13a => Mteval13a.Tokenize(text, vocabulary),
                BleuTokens.Whitespace => Tokenizer.Whitespace(text, vocabulary),
                BleuTokens.Characters => Tokenizer.Characters(text, vocabulary),
                _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "not a kind of tokens"),
            };
        }
    }
}
