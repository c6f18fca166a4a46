using Assay.Statistics;

namespace Assay.Evaluation;

/// <summary>Bias of verdicts A, B and TIE towards answers of a kind, measured against humans on the same items.</summary>
internal static class LabelBias
{
    /// <param name="favoured">Which of A and B is of the kind; null where neither is, or nothing is known.</param>
    public static JudgeBias? Of(IEnumerable<JudgeLabel> labels, Func<JudgeLabel, string?> favoured, string what, double alpha)
    {
        var shown = labels.Select(l => (Label: l, Kind: favoured(l))).Where(x => x.Kind is not null).ToArray();
        if (shown.Length == 0) return null;
        var verdicts = shown.Where(x => Share(x.Label.Human, x.Kind!) is not null && Share(x.Label.Judge, x.Kind!) is not null).ToArray();
        if (verdicts.Length == 0) return new JudgeBias(0, null, null, null, null, "labels are not A, B or TIE");
        double[] human = [.. verdicts.Select(x => Share(x.Label.Human, x.Kind!)!.Value)], judge = [.. verdicts.Select(x => Share(x.Label.Judge, x.Kind!)!.Value)];
        var comparison = PairedT.Compare(human, judge, alpha);
        return new JudgeBias(
            verdicts.Length, judge.Average(), human.Average(), judge.Average() - human.Average(),
            comparison.IsEstimable ? comparison.Value.Interval : null, comparison.IsEstimable ? null : $"for {what}: {comparison.Reason}");
    }

    private static double? Share(string verdict, string kind) => verdict switch { "TIE" => 0.5, "A" or "B" => verdict == kind ? 1 : 0, _ => null };
}
