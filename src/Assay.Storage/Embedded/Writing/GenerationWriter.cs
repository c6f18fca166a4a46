using Assay.DuckDb;
using Assay.Events;

namespace Assay.Storage;

/// <summary>Writes generations; the first assignment stands in the row itself, further ones in a table of their own.</summary>
internal static class GenerationWriter
{
    public static void Write(DuckDbConnection connection, List<GenerationEvent> generations)
    {
        if (generations.Count == 0) return;
        using var rows = new RowAppender(connection, "generations");
        using var further = new RowAppender(connection, "further_assignments");
        foreach (var g in generations)
        {
            Append(rows, g);
            foreach (var a in g.Assignments.Skip(1))
                further.Text(g.Id).Text(a.Experiment).Int(a.Version).Text(a.Variant).Text(a.ExposureId).Text(a.Reason).EndRow();
        }
        rows.Complete();
        further.Complete();
    }

    public static string StatusText(GenerationStatus status) => status switch
    {
        GenerationStatus.Ok => "ok",
        GenerationStatus.Error => "error",
        GenerationStatus.Timeout => "timeout",
        GenerationStatus.Cancelled => "cancelled",
        GenerationStatus.Blocked => "blocked",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
    };

    private static void Append(RowAppender rows, GenerationEvent g)
    {
        var first = g.Assignments.IsDefaultOrEmpty ? null : g.Assignments[0];
        rows.Text(g.Id).Time(g.Timestamp).Text(g.Experiment)
            .Text(first?.Experiment).Int(first?.Version).Text(first?.Variant).Text(first?.Reason).Text(first?.ExposureId ?? g.Target.ExposureId)
            .Text(g.Target.Unit).Text(g.Ids.Request).Text(g.Ids.Session).Text(g.Ids.Conversation).Text(g.Ids.User).Text(g.Ids.Cluster)
            .Text(g.ResponseId).Int(g.Turn).Text(g.TraceId).Text(g.Route).Text(g.Model).Text(g.ServedModel).Text(g.Upstream)
            .Number(g.LatencyMs).Number(g.TtftMs).Number(g.TpotMs).Number(g.ItlP95Ms)
            .Long(g.InputTokens).Long(g.CachedInputTokens).Long(g.OutputTokens).Long(g.ToolCalls).Number(g.CostUsd)
            .Text(StatusText(g.Status)).Text(g.ErrorCode).Text(g.FinishReason).Text(g.Cache).Text(g.ParametersHash)
            .Bool(g.Empty).Bool(g.Refusal).Bool(g.JsonValid).Text(g.FallbackReason)
            .Json(g.Attributes).Json(g.Request).Json(g.Response).Json(g.Context).EndRow();
    }
}
