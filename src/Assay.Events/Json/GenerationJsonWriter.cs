using System.Text.Json;

namespace Assay.Events;

/// <summary>The generation's fields, of which there are many.</summary>
internal static class GenerationJsonWriter
{
    public static void Write(Utf8JsonWriter w, GenerationEvent e)
    {
        EventJsonWriter.Target(w, e.Target, e.ResponseId ?? e.Target.ResponseId);
        EventJsonWriter.Ids(w, e.Ids);
        WriteAssignments(w, e);
        EventJsonWriter.Whole(w, EventField.Turn, e.Turn);
        EventJsonWriter.Text(w, EventField.TraceId, e.TraceId);
        EventJsonWriter.Text(w, EventField.Route, e.Route);
        EventJsonWriter.Text(w, EventField.Model, e.Model);
        EventJsonWriter.Text(w, EventField.ServedModel, e.ServedModel);
        EventJsonWriter.Text(w, EventField.Upstream, e.Upstream);
        EventJsonWriter.Number(w, EventField.LatencyMs, e.LatencyMs);
        EventJsonWriter.Number(w, EventField.TtftMs, e.TtftMs);
        EventJsonWriter.Number(w, EventField.TpotMs, e.TpotMs);
        EventJsonWriter.Number(w, EventField.ItlP95Ms, e.ItlP95Ms);
        EventJsonWriter.Whole(w, EventField.InputTokens, e.InputTokens);
        EventJsonWriter.Whole(w, EventField.CachedInputTokens, e.CachedInputTokens);
        EventJsonWriter.Whole(w, EventField.OutputTokens, e.OutputTokens);
        EventJsonWriter.Whole(w, EventField.ToolCalls, e.ToolCalls);
        EventJsonWriter.Number(w, EventField.CostUsd, e.CostUsd);
        EventJsonWriter.Status(w, e.Status);
        EventJsonWriter.Text(w, EventField.ErrorCode, e.ErrorCode);
        EventJsonWriter.Text(w, EventField.FinishReason, e.FinishReason);
        EventJsonWriter.Text(w, EventField.Cache, e.Cache);
        EventJsonWriter.Text(w, EventField.ParametersHash, e.ParametersHash);
        EventJsonWriter.Boolean(w, EventField.Empty, e.Empty);
        EventJsonWriter.Boolean(w, EventField.Refusal, e.Refusal);
        EventJsonWriter.Boolean(w, EventField.JsonValid, e.JsonValid);
        EventJsonWriter.Text(w, EventField.FallbackReason, e.FallbackReason);
        EventJsonWriter.Element(w, EventField.Request, e.Request);
        EventJsonWriter.Element(w, EventField.Response, e.Response);
        EventJsonWriter.Element(w, EventField.Context, e.Context);
    }

    private static void WriteAssignments(Utf8JsonWriter w, GenerationEvent e)
    {
        if (e.Assignments.IsDefaultOrEmpty) return;
        w.WriteStartArray(EventJsonWriter.Name(EventField.Assignments));
        foreach (var assignment in e.Assignments)
        {
            w.WriteStartObject();
            w.WriteString("experiment"u8, assignment.Experiment);
            w.WriteNumber("version"u8, assignment.Version);
            w.WriteString("variant"u8, assignment.Variant);
            w.WriteString("exposureId"u8, assignment.ExposureId);
            w.WriteString("reason"u8, assignment.Reason);
            w.WriteEndObject();
        }
        w.WriteEndArray();
    }
}
