using System.Text.Encodings.Web;
using System.Text.Json;

namespace Assay.Events;

/// <summary>Writes an event's fields in a fixed order, so that equal events have equal bytes. Null and non-finite are left out: both are unknown.</summary>
internal static class EventJsonWriter
{
    private static readonly JsonEncodedText[] Names = [.. EventFieldInfo.All.Select(f => JsonEncodedText.Encode(f.Name))];
    private static readonly JsonEncodedText[] Statuses = [.. Enum.GetNames<GenerationStatus>().Select(n => JsonEncodedText.Encode(JsonNamingPolicy.CamelCase.ConvertName(n)))];
    private static readonly JsonEncodedText Exposure = JsonEncodedText.Encode("exposure");
    private static readonly JsonEncodedText Generation = JsonEncodedText.Encode("generation");
    private static readonly JsonEncodedText Outcome = JsonEncodedText.Encode("outcome");
    private static readonly JsonEncodedText Score = JsonEncodedText.Encode("score");
    private static readonly JsonEncodedText Label = JsonEncodedText.Encode("label");

    /// <summary>Events are no HTML: only what JSON demands is escaped. Validation would cost and finds nothing here.</summary>
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    // withOrigin: also what only the spool needs, namely which of id and timestamp the client chose.
    // withTimestamp: false for the content by which a repeated id is compared when the server chose the time.
    public static void Write(Utf8JsonWriter w, AssayEvent e, bool withOrigin, bool withTimestamp = true)
    {
        w.WriteStartObject();
        w.WriteString(Names[(int)EventField.Type], e switch
        {
            ExposureEvent => Exposure,
            GenerationEvent => Generation,
            OutcomeEvent => Outcome,
            ScoreEvent => Score,
            LabelEvent => Label,
            _ => throw new ArgumentException($"{e.GetType()} is not an event of the contract", nameof(e)),
        });
        Text(w, EventField.Id, e.Id);
        if (withTimestamp) w.WriteString(Names[(int)EventField.Timestamp], e.Timestamp.UtcDateTime);
        Text(w, EventField.Experiment, e.Experiment);
        switch (e)
        {
            case ExposureEvent exposure: WriteExposure(w, exposure); break;
            case GenerationEvent generation: GenerationJsonWriter.Write(w, generation); break;
            case OutcomeEvent outcome: WriteOutcome(w, outcome); break;
            case ScoreEvent score: WriteScore(w, score); break;
            case LabelEvent label: WriteLabel(w, label); break;
        }
        Element(w, EventField.Attributes, e.Attributes);
        if (withOrigin && e.HasClientId) Boolean(w, EventField.ClientId, true);
        if (withOrigin && e.HasClientTimestamp) Boolean(w, EventField.ClientTimestamp, true);
        w.WriteEndObject();
    }

    private static void WriteExposure(Utf8JsonWriter w, ExposureEvent e)
    {
        Whole(w, EventField.Version, e.Version);
        Text(w, EventField.Unit, e.Unit);
        Text(w, EventField.Variant, e.Variant);
        Number(w, EventField.Bucket, e.Bucket);
        Number(w, EventField.Propensity, e.Propensity);
        Text(w, EventField.Reason, e.Reason);
        Ids(w, e.Ids);
    }

    private static void WriteOutcome(Utf8JsonWriter w, OutcomeEvent e)
    {
        Target(w, e.Target, e.Target.ResponseId);
        Text(w, EventField.Metric, e.Metric);
        Number(w, EventField.Value, e.Value);
        if (e.Value is null) Text(w, EventField.Value, e.Text);
    }

    private static void WriteScore(Utf8JsonWriter w, ScoreEvent e)
    {
        Target(w, e.Target, e.Target.ResponseId);
        Text(w, EventField.Metric, e.Metric);
        Number(w, EventField.Value, e.Value);
        if (e.JudgeKey is not null || e.JudgeHash is not null)
        {
            w.WriteStartObject(Names[(int)EventField.Judge]);
            if (e.JudgeKey is not null) w.WriteString("key"u8, e.JudgeKey);
            if (e.JudgeHash is not null) w.WriteString("hash"u8, e.JudgeHash);
            w.WriteEndObject();
        }
        Text(w, EventField.RubricHash, e.RubricHash);
        Text(w, EventField.Reason, e.Reason);
        Pairwise(w, e.Pairwise);
    }

    private static void WriteLabel(Utf8JsonWriter w, LabelEvent e)
    {
        Target(w, e.Target, e.Target.ResponseId);
        Text(w, EventField.Metric, e.Metric);
        Number(w, EventField.Value, e.Value);
        Text(w, EventField.Rater, e.Rater);
        Pairwise(w, e.Pairwise);
    }

    private static void Pairwise(Utf8JsonWriter w, PairwiseVerdict? verdict)
    {
        if (verdict is null) return;
        Text(w, EventField.Winner, verdict.Winner);
        Text(w, EventField.A, verdict.A);
        Text(w, EventField.B, verdict.B);
        Text(w, EventField.ShownFirst, verdict.ShownFirst);
    }

    internal static void Target(Utf8JsonWriter w, EventTarget target, string? responseId)
    {
        Text(w, EventField.Unit, target.Unit);
        Text(w, EventField.ExposureId, target.ExposureId);
        Text(w, EventField.GenerationId, target.GenerationId);
        Text(w, EventField.ResponseId, responseId);
    }

    internal static void Ids(Utf8JsonWriter w, UnitIds ids)
    {
        if (ids == UnitIds.None) return;
        w.WriteStartObject(Names[(int)EventField.Ids]);
        if (ids.Request is not null) w.WriteString("request"u8, ids.Request);
        if (ids.Session is not null) w.WriteString("session"u8, ids.Session);
        if (ids.Conversation is not null) w.WriteString("conversation"u8, ids.Conversation);
        if (ids.User is not null) w.WriteString("user"u8, ids.User);
        if (ids.Cluster is not null) w.WriteString("cluster"u8, ids.Cluster);
        w.WriteEndObject();
    }

    internal static JsonEncodedText Name(EventField field) => Names[(int)field];

    internal static void Status(Utf8JsonWriter w, GenerationStatus status) => w.WriteString(Names[(int)EventField.Status], Statuses[(int)status]);

    internal static void Text(Utf8JsonWriter w, EventField field, string? value)
    {
        if (value is not null) w.WriteString(Names[(int)field], value);
    }

    internal static void Number(Utf8JsonWriter w, EventField field, double? value)
    {
        if (value is { } number && double.IsFinite(number)) w.WriteNumber(Names[(int)field], number);
    }

    internal static void Whole(Utf8JsonWriter w, EventField field, long? value)
    {
        if (value is { } number) w.WriteNumber(Names[(int)field], number);
    }

    internal static void Boolean(Utf8JsonWriter w, EventField field, bool? value)
    {
        if (value is { } flag) w.WriteBoolean(Names[(int)field], flag);
    }

    internal static void Element(Utf8JsonWriter w, EventField field, JsonElement? value)
    {
        if (value is not { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.Null) } element) return;
        w.WritePropertyName(Names[(int)field]);
        element.WriteTo(w);
    }
}
