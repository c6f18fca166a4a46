using System.Collections.Immutable;
using System.Globalization;

namespace Assay.Evaluation;

/// <summary>One judge's scores of one answer.</summary>
internal sealed class Scoring(JudgeSpec spec, IModelCaller caller, JudgeMember member, string hash)
{
    public async Task<Judgement> ScoreAsync(GoldenCase golden, Candidate candidate, int repeat, int judgeRepeat, CancellationToken cancellationToken)
    {
        var row = new ScoreRow
        {
            Variant = candidate.Variant,
            Case = golden.Id,
            Cluster = golden.Cluster,
            Repeat = repeat,
            Metric = spec.Key,
            Value = null,
            Judge = spec.MemberKey(member),
            JudgeHash = hash,
            JudgeRepeat = judgeRepeat,
            Tags = golden.Tags,
        };
        if (candidate.Answer is not { } answer) return Without(row, ScoreStatus.Missing, $"{candidate.Variant} gave no answer", JudgeUsage.None);
        var context = Material.Context(spec, golden, [answer]);
        if (Needs.Missing(spec, golden, context) is { } missing) return Without(row, ScoreStatus.Missing, missing, JudgeUsage.None);
        // Retrieval is judged by the reference, not by what was made of it.
        (string, string)[] shown = spec.Mode is JudgeMode.ContextPrecision or JudgeMode.ContextRecall ? [] : [("ANSWER", answer.Text)];
        var (call, _) = Material.Call(spec, member, golden, shown, context, Needs.CallRepeat(spec, repeat, judgeRepeat));
        var asking = new Asking(spec, caller);
        if (spec.Mode != JudgeMode.Score)
        {
            var (items, _, trouble, took) = await asking.AskAsync(call, text => Reading.Items(text, Needs.Items(spec, golden, context)), cancellationToken);
            if (items is null) return Without(row, ScoreStatus.Error, trouble!, took);
            return new Judgement { Scores = spec.Mode == JudgeMode.Criteria ? [.. CriteriaScore.Of(row, golden.Criteria, items)] : [RetrievalScore.Of(row, spec.Mode, items)], Usage = took };
        }
        var turns = golden.Messages.Count(m => m.Role == "assistant") + 1;
        var (reply, said, problem, usage) = await asking.AskAsync(call, text => spec.Rubric.PerTurn ? Reading.Turns(text, spec, turns) : Reading.Scores(text, spec), cancellationToken);
        return reply is null ? Without(row, ScoreStatus.Error, problem!, usage) : new Judgement { Scores = [.. Rows(row, reply, said!)], Usage = usage };
    }

    private IEnumerable<ScoreRow> Rows(ScoreRow row, ScoreReply reply, Answer said)
    {
        foreach (var axis in spec.Rubric.Axes)
        {
            double Value(ImmutableSortedDictionary<string, int> scores) => spec.UsesLogProbabilities && reply.Turns.Length == 1 && ScoreWeighting.Of(said, axis.Key, scores[axis.Key]) is { } weighted ? weighted : scores[axis.Key];
            var mean = reply.Turns.Average(Value);
            var metric = MetricOf(axis);
            yield return row with { Metric = metric, Value = mean, HigherIsBetter = axis.HigherIsBetter, Reason = reply.Reason };
            // A threshold is for the answer as a whole, and every turn counts: the worst one decides.
            if (axis.Pass is not null)
                yield return row with { Metric = metric + ".pass", Value = reply.Turns.All(t => axis.Passes(Value(t))) ? 1 : 0, IsBinary = true, Reason = reply.Reason };
            for (var t = 0; spec.Rubric.PerTurn && t < reply.Turns.Length; t++)
                yield return row with { Metric = string.Create(CultureInfo.InvariantCulture, $"{metric}.turn{t + 1}"), Value = Value(reply.Turns[t]), HigherIsBetter = axis.HigherIsBetter };
        }
    }

    // Every axis is missing, or failed: a metric that has no row would be missed by nobody.
    private Judgement Without(ScoreRow row, ScoreStatus status, string reason, JudgeUsage usage)
    {
        var failed = row with { Status = status, Reason = reason };
        return new Judgement
        {
            Scores = spec.Mode == JudgeMode.Criteria ? [failed, failed with { Metric = spec.Key + CriteriaScore.Pass, IsBinary = true }] : spec.Mode != JudgeMode.Score ? [failed] :
            [
                .. spec.Rubric.Axes.SelectMany(axis => axis.Pass is null
                    ? (ScoreRow[])[failed with { Metric = MetricOf(axis), HigherIsBetter = axis.HigherIsBetter }]
                    : [failed with { Metric = MetricOf(axis), HigherIsBetter = axis.HigherIsBetter }, failed with { Metric = MetricOf(axis) + ".pass", IsBinary = true }]),
            ],
            Usage = usage,
        };
    }

    private string MetricOf(RubricAxis axis) => spec.Rubric.Axes.Length == 1 ? spec.Key : $"{spec.Key}.{axis.Key}";
}
