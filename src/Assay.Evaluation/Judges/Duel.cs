namespace Assay.Evaluation;

/// <summary>One verdict of one judge on two answers.</summary>
internal sealed class Duel(JudgeSpec spec, IModelCaller caller, JudgeMember member, string hash)
{
    public string Judge { get; } = spec.MemberKey(member);

    public async Task<Judgement> CompareAsync(GoldenCase golden, Candidate control, Candidate treatment, int repeat, int judgeRepeat, bool treatmentFirst, CancellationToken cancellationToken)
    {
        var row = new PairwiseRow
        {
            Case = golden.Id,
            Cluster = golden.Cluster,
            Repeat = repeat,
            Metric = spec.Key,
            A = control.Variant,
            B = treatment.Variant,
            TreatmentScore = null,
            ShownFirst = treatmentFirst ? treatment.Variant : control.Variant,
            Judge = Judge,
            JudgeHash = hash,
            JudgeRepeat = judgeRepeat,
            LengthA = control.Answer?.Text.Length,
            LengthB = treatment.Answer?.Text.Length,
            Tags = golden.Tags,
        };
        if (control.Answer is null || treatment.Answer is null)
            return Done(row with { Status = ScoreStatus.Missing, Reason = $"{(control.Answer is null ? control.Variant : treatment.Variant)} gave no answer" }, JudgeUsage.None);
        var context = Material.Context(spec, golden, [control.Answer, treatment.Answer]);
        if (Needs.Missing(spec, golden, context) is { } missing) return Done(row with { Status = ScoreStatus.Missing, Reason = missing }, JudgeUsage.None);
        // A judge that must choose between the same text twice could only show its taste for a position.
        if (control.Answer.Text == treatment.Answer.Text) return Done(row with { TreatmentScore = 0.5, Reason = "both answers are the same text; the judge was not asked" }, JudgeUsage.None);

        var (first, second) = treatmentFirst ? (treatment.Answer.Text, control.Answer.Text) : (control.Answer.Text, treatment.Answer.Text);
        var (call, _) = Material.Call(spec, member, golden, [("ANSWER A", first), ("ANSWER B", second)], context, Needs.CallRepeat(spec, repeat, judgeRepeat));
        var (reply, _, problem, usage) = await new Asking(spec, caller).AskAsync(call, text => Reading.Winner(text, spec.Form), cancellationToken);
        return Done(reply is null
            ? row with { Status = ScoreStatus.Error, Reason = problem }
            : row with { TreatmentScore = reply.Winner == "TIE" ? 0.5 : reply.Winner == "A" == treatmentFirst ? 1 : 0, Reason = reply.Reason }, usage);
    }

    private static Judgement Done(PairwiseRow row, JudgeUsage usage) => new() { Verdicts = [row], Usage = usage };
}
