namespace Assay.Evaluation;

/// <summary>What makes a run one that no decision may rest on.</summary>
internal static class GateValidity
{
    public static IEnumerable<GateReason> Of(ArenaRun run)
    {
        if (run.FailedAnswers > 0)
        {
            var first = run.Answers.First(a => a.Answer is null);
            yield return Invalid("missing", null, $"{run.FailedAnswers} of {run.Answers.Length} answers are missing, such as {first.Variant} on case {first.Case}: {first.Detail}");
        }
        foreach (var metric in run.Scores.Where(s => s.Status == ScoreStatus.Error && run.Answers.Length > 0).GroupBy(s => s.Metric, StringComparer.Ordinal))
        {
            // Rows that failed for want of an answer are said above.
            var own = metric.Where(m => m.Reason?.Contains("no answer: ", StringComparison.Ordinal) != true).ToList();
            if (own.Count > 0) yield return Invalid("errors", metric.Key, $"{metric.Key}: {own.Count} scores failed, such as case {own[0].Case}: {own[0].Reason}");
        }
        foreach (var metric in run.Verdicts.Where(v => v.Status == ScoreStatus.Error).GroupBy(v => v.Metric, StringComparer.Ordinal))
            yield return Invalid("errors", metric.Key, $"{metric.Key}: {metric.Count()} verdicts failed, such as case {metric.First().Case}: {metric.First().Reason}");
        foreach (var metric in run.Scores.Where(s => s.Status == ScoreStatus.Missing).Select(s => (s.Metric, s.Case, s.Reason)).Concat(run.Verdicts.Where(v => v.Status == ScoreStatus.Missing).Select(v => (v.Metric, v.Case, v.Reason))).GroupBy(m => m.Metric, StringComparer.Ordinal))
        {
            var own = metric.Where(m => m.Reason?.Contains("gave no answer", StringComparison.Ordinal) != true).ToList();
            if (own.Count > 0) yield return Invalid("missing", metric.Key, $"{metric.Key}: {own.Count} scores are missing, such as case {own[0].Case}: {own[0].Reason}");
        }
        if (run.Suite.Gate is not { RequireCalibratedJudge: true }) yield break;
        foreach (var judge in run.Suite.Judges.Where(j => !j.IsCalibrated))
            yield return Invalid("judge", judge.Key, $"the judge '{judge.Key}' is not calibrated{(judge.Calibration is null ? "" : ": its calibration is of another configuration, or found it wanting")}; compare it with human labels: assay judge calibrate LABELS");
    }

    private static GateReason Invalid(string code, string? metric, string text) => new(code, GateOutcome.Invalid, null, metric, text);
}
