using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;

namespace Assay.Events;

/// <summary>A field of the contract: its name, its shape and the types of events in which it may stand.</summary>
internal sealed record EventFieldInfo(EventField Field, string Name, FieldShape Shape, EventKind Kinds)
{
    /// <summary>By <see cref="EventField"/>.</summary>
    public static ImmutableArray<EventFieldInfo> All { get; } = Table();

    public static FrozenDictionary<string, EventFieldInfo> ByName { get; } = All.ToFrozenDictionary(f => f.Name, StringComparer.Ordinal);

    /// <summary>Written by the spool about the event, no part of what a client may say.</summary>
    public bool IsInternal => Field is EventField.ClientId or EventField.ClientTimestamp;

    public static string NameOf(EventField field) => All[(int)field].Name;

    private static ImmutableArray<EventFieldInfo> Table()
    {
        var shapes = new (FieldShape Shape, EventKind Kinds)[(int)EventField.Count];
        Set(FieldShape.Name, EventKind.All, EventField.Type, EventField.Id, EventField.Experiment, EventField.Unit);
        Set(FieldShape.Timestamp, EventKind.All, EventField.Timestamp);
        Set(FieldShape.FlatObject, EventKind.All, EventField.Attributes);
        Set(FieldShape.Boolean, EventKind.All, EventField.ClientId, EventField.ClientTimestamp);
        Set(FieldShape.Name, EventKind.Generation | EventKind.Measured, EventField.ExposureId, EventField.GenerationId, EventField.ResponseId);
        Set(FieldShape.Ordinal, EventKind.Exposure, EventField.Version);
        Set(FieldShape.Name, EventKind.Exposure, EventField.Variant);
        Set(FieldShape.Share, EventKind.Exposure, EventField.Bucket, EventField.Propensity);
        Set(FieldShape.Text, EventKind.Exposure | EventKind.Score, EventField.Reason);
        Set(FieldShape.Ids, EventKind.Exposure | EventKind.Generation, EventField.Ids);
        Set(FieldShape.Assignments, EventKind.Generation, EventField.Assignments);
        Set(FieldShape.Ordinal, EventKind.Generation, EventField.Turn);
        Set(FieldShape.Name, EventKind.Generation, EventField.TraceId, EventField.Route, EventField.Model, EventField.ServedModel,
            EventField.Upstream, EventField.Status, EventField.ErrorCode, EventField.FinishReason, EventField.Cache, EventField.ParametersHash);
        Set(FieldShape.Amount, EventKind.Generation, EventField.LatencyMs, EventField.TtftMs, EventField.TpotMs, EventField.ItlP95Ms, EventField.CostUsd);
        Set(FieldShape.Whole, EventKind.Generation, EventField.InputTokens, EventField.CachedInputTokens, EventField.OutputTokens, EventField.ToolCalls);
        Set(FieldShape.Boolean, EventKind.Generation, EventField.Empty, EventField.Refusal, EventField.JsonValid);
        Set(FieldShape.Text, EventKind.Generation, EventField.FallbackReason);
        Set(FieldShape.Json, EventKind.Generation, EventField.Request, EventField.Response, EventField.Context);
        Set(FieldShape.Name, EventKind.Measured, EventField.Metric);
        Set(FieldShape.Value, EventKind.Measured, EventField.Value);
        Set(FieldShape.Judge, EventKind.Score, EventField.Judge);
        Set(FieldShape.Name, EventKind.Score, EventField.RubricHash);
        Set(FieldShape.Name, EventKind.Label, EventField.Rater);
        Set(FieldShape.Name, EventKind.Judged, EventField.Winner, EventField.A, EventField.B, EventField.ShownFirst);
        return [.. shapes.Select((s, i) => new EventFieldInfo((EventField)i, JsonNamingPolicy.CamelCase.ConvertName(((EventField)i).ToString()), s.Shape, s.Kinds))];

        void Set(FieldShape shape, EventKind kinds, params ReadOnlySpan<EventField> fields)
        {
            foreach (var field in fields) shapes[(int)field] = (shape, kinds);
        }
    }
}
