using System.Diagnostics;
using Assay.Evaluation;

namespace Assay.Benchmarks;

/// <summary>10,000 answers against their references: each similarity alone on one thread, and BLEU, ROUGE-1, -2, -L and Levenshtein together on all cores, beside a peer (Quickenshtein) and the table of the textbook.</summary>
internal static class SimilarityTime
{
    private const int Answers = 10_000, Rounds = 3;

    public static void Measure()
    {
        foreach (var words in (int[])[60, 250]) Measure(words);
    }

    private static void Measure(int words)
    {
        var pairs = Pairs(words, new Random(20260801));
        Console.WriteLine(FormattableString.Invariant($"{Answers} answers of {words} words, {pairs.Average(p => p.Answer.Length):0} characters on average, a third of the words of the reference changed"));
        Check(pairs);
        var bleu = Report("BLEU", pairs, p => Bleu.Sentence(p.Answer, [p.Reference]).Value.Value);
        var rouge = Report("ROUGE-1, ROUGE-2, ROUGE-L", pairs, p => Rouge.N(p.Answer, p.Reference, 1).Value.F + Rouge.N(p.Answer, p.Reference, 2).Value.F + Rouge.L(p.Answer, p.Reference).Value.F);
        var levenshtein = Report("Levenshtein", pairs, p => Assay.Evaluation.Levenshtein.Distance(p.Answer, p.Reference));
        Console.WriteLine(FormattableString.Invariant($"  {"these three, one after the other",-42}{bleu + rouge + levenshtein,8:0.000} s"));
        Console.WriteLine(FormattableString.Invariant($"  {"these three, on " + Environment.ProcessorCount + " cores",-42}{OnAllCores(pairs),8:0.000} s"));
        Report("GLEU", pairs, p => Gleu.Sentence(p.Answer, [p.Reference]).Value);
        Report("chrF", pairs, p => ChrF.Score(p.Answer, [p.Reference]).Value);
        Report("METEOR", pairs, p => Meteor.Score(p.Answer, [p.Reference]).Value.Value);
        Report("token F1", pairs, p => TokenF1.Score(p.Answer, p.Reference).F);
        Report("Levenshtein by Quickenshtein", pairs, p => Quickenshtein.Levenshtein.GetDistance(p.Answer, p.Reference));
        Report("Levenshtein by the table, a tenth × 10", pairs[..(Answers / 10)], p => Table(p.Answer, p.Reference), 10);
    }

    /// <summary>The peer and the table must agree with us, or the comparison is of nothing.</summary>
    private static void Check((string Answer, string Reference)[] pairs)
    {
        foreach (var (answer, reference) in pairs.AsSpan(0, 50))
        {
            var ours = Assay.Evaluation.Levenshtein.Distance(answer, reference);
            if (ours != Quickenshtein.Levenshtein.GetDistance(answer, reference) || ours != Table(answer, reference)) throw new InvalidOperationException("the distances differ");
        }
    }

    /// <summary>Seconds by the clock: the median of the rounds after the first, which warms up. Beside it the processor time, which feels the neighbours least.</summary>
    private static double Report(string name, (string Answer, string Reference)[] pairs, Func<(string Answer, string Reference), double> score, int times = 1)
    {
        var (seconds, processor) = (new double[Rounds], new double[Rounds]);
        using var process = Process.GetCurrentProcess();
        for (var round = -1; round < Rounds; round++)
        {
            process.Refresh();
            var (start, used) = (Stopwatch.GetTimestamp(), process.TotalProcessorTime);
            double sum = 0;
            foreach (var pair in pairs) sum += score(pair);
            process.Refresh();
            if (round >= 0) (seconds[round], processor[round]) = (times * Stopwatch.GetElapsedTime(start).TotalSeconds, times * (process.TotalProcessorTime - used).TotalSeconds);
            if (!(sum > 0)) throw new InvalidOperationException("nothing was measured");
        }
        Array.Sort(seconds);
        Array.Sort(processor);
        Console.WriteLine(FormattableString.Invariant($"  {name,-42}{seconds[Rounds / 2],8:0.000} s, {processor[Rounds / 2]:0.000} s of processor time"));
        return seconds[Rounds / 2];
    }

    private static double OnAllCores((string Answer, string Reference)[] pairs)
    {
        var start = Stopwatch.GetTimestamp();
        Parallel.ForEach(pairs, p =>
        {
            _ = Bleu.Sentence(p.Answer, [p.Reference]);
            _ = Rouge.N(p.Answer, p.Reference, 1);
            _ = Rouge.N(p.Answer, p.Reference, 2);
            _ = Rouge.L(p.Answer, p.Reference);
            _ = Assay.Evaluation.Levenshtein.Distance(p.Answer, p.Reference);
        });
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static int Table(string a, string b)
    {
        var row = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++) row[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cell = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                (diagonal, row[j]) = (row[j], cell);
            }
        }
        return row[b.Length];
    }

    /// <summary>Words of 2 to 9 letters, used as often as words are (Zipf), with punctuation.</summary>
    private static (string Answer, string Reference)[] Pairs(int words, Random random)
    {
        var vocabulary = Enumerable.Range(0, 5000).Select(_ => string.Concat(Enumerable.Range(0, random.Next(2, 10)).Select(_ => (char)('a' + random.Next(26))))).ToArray();
        string Word() => vocabulary[(int)(Math.Pow(vocabulary.Length, random.NextDouble()) - 1)] + (random.Next(9) == 0 ? "." : random.Next(9) == 0 ? "," : "");
        return [.. Enumerable.Range(0, Answers).Select(_ =>
        {
            var reference = Enumerable.Range(0, words).Select(_ => Word()).ToArray();
            return (string.Join(' ', reference.Select(w => random.Next(3) == 0 ? Word() : w)), string.Join(' ', reference));
        })];
    }
}
