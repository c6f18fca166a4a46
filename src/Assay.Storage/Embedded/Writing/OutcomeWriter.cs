using Assay.DuckDb;
using Assay.Events;

namespace Assay.Storage;

/// <summary>Writes what is said about units and generations: outcomes, scores, labels.</summary>
internal static class OutcomeWriter
{
    public static void Write(DuckDbConnection connection, List<OutcomeEvent> outcomes)
    {
        if (outcomes.Count == 0) return;
        using var rows = new RowAppender(connection, "outcomes");
        foreach (var o in outcomes)
        {
            Start(rows, o, o.Metric, o.Value);
            Target(rows.Text(o.Text), o.Target).Json(o.Attributes).EndRow();
        }
        rows.Complete();
    }

    public static void Write(DuckDbConnection connection, List<ScoreEvent> scores)
    {
        if (scores.Count == 0) return;
        using var rows = new RowAppender(connection, "scores");
        foreach (var s in scores)
        {
            Target(Start(rows, s, s.Metric, s.Value), s.Target).Json(s.Attributes)
                .Text(s.JudgeKey).Text(s.JudgeHash).Text(s.RubricHash).Text(s.Reason);
            Pair(rows, s.Pairwise).EndRow();
        }
        rows.Complete();
    }

    public static void Write(DuckDbConnection connection, List<LabelEvent> labels)
    {
        if (labels.Count == 0) return;
        using var rows = new RowAppender(connection, "labels");
        foreach (var l in labels)
        {
            Target(Start(rows, l, l.Metric, l.Value), l.Target).Json(l.Attributes).Text(l.Rater);
            Pair(rows, l.Pairwise).EndRow();
        }
        rows.Complete();
    }

    private static RowAppender Start(RowAppender rows, AssayEvent e, string metric, double? value) =>
        rows.Text(e.Id).Time(e.Timestamp).Text(e.Experiment).Text(metric).Number(value);

    private static RowAppender Target(RowAppender rows, EventTarget target) =>
        rows.Text(target.Unit).Text(target.ExposureId).Text(target.GenerationId).Text(target.ResponseId);

    private static RowAppender Pair(RowAppender rows, PairwiseVerdict? pair) =>
        rows.Text(pair?.Winner).Text(pair?.A).Text(pair?.B).Text(pair?.ShownFirst);
}
