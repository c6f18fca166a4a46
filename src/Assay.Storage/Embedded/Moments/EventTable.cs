using Assay.Experiments;

namespace Assay.Storage;

/// <summary>A table of events that metrics are made of: its columns as definitions name them.</summary>
internal sealed class EventTable
{
    private readonly Dictionary<string, EventField> _fields;

    private EventTable(string name, Dictionary<string, EventField> fields) => (Name, _fields) = (name, fields);

    public static EventTable Outcomes { get; } = new("outcomes", new()
    {
        ["metric"] = EventField.Text("metric"),
        ["value"] = new EventField("value", FieldKind.Number, TextColumn: "text"),
    });

    public static EventTable Scores { get; } = new("scores", new()
    {
        ["metric"] = EventField.Text("metric"),
        ["value"] = EventField.Number("value"),
        ["judge.key"] = EventField.Text("judge_key"),
        ["judge.hash"] = EventField.Text("judge_hash"),
        ["rubricHash"] = EventField.Text("rubric_hash"),
        ["winner"] = EventField.Text("winner"),
        ["shownFirst"] = EventField.Text("shown_first"),
    });

    public static EventTable Labels { get; } = new("labels", new()
    {
        ["metric"] = EventField.Text("metric"),
        ["value"] = EventField.Number("value"),
        ["rater"] = EventField.Text("rater"),
        ["winner"] = EventField.Text("winner"),
        ["shownFirst"] = EventField.Text("shown_first"),
    });

    public static EventTable Generations { get; } = new("generations", new()
    {
        ["turn"] = EventField.Amount("turn"),
        ["traceId"] = EventField.Text("trace_id"),
        ["route"] = EventField.Text("route"),
        ["model"] = EventField.Text("model"),
        ["servedModel"] = EventField.Text("served_model"),
        ["upstream"] = EventField.Text("upstream"),
        ["latencyMs"] = EventField.Amount("latency_ms") with { FailsAsInfinite = true },
        ["ttftMs"] = EventField.Amount("ttft_ms") with { FailsAsInfinite = true },
        ["tpotMs"] = EventField.Amount("tpot_ms"),
        ["itlP95Ms"] = EventField.Amount("itl_p95_ms"),
        ["inputTokens"] = EventField.Amount("input_tokens"),
        ["cachedInputTokens"] = EventField.Amount("cached_input_tokens"),
        ["outputTokens"] = EventField.Amount("output_tokens"),
        ["toolCalls"] = EventField.Amount("tool_calls"),
        ["costUsd"] = EventField.Amount("cost_usd"),
        [BuiltInMetrics.TotalTokensIn1K] = EventField.Amount("(input_tokens + output_tokens) / 1000.0"),
        ["status"] = EventField.Text("status"),
        ["errorCode"] = EventField.Text("error_code"),
        ["finishReason"] = EventField.Text("finish_reason"),
        ["cache"] = EventField.Text("cache"),
        ["parametersHash"] = EventField.Text("parameters_hash"),
        ["empty"] = EventField.Boolean("is_empty"),
        ["refusal"] = EventField.Boolean("refusal"),
        ["jsonValid"] = EventField.Boolean("json_valid"),
        ["fallbackReason"] = EventField.Text("fallback_reason"),
    });

    /// <summary>A file with one row per unit: its values are made by the file's reader.</summary>
    public static EventTable Wide { get; } = new("wide", new() { ["value"] = EventField.Number("value") });

    public string Name { get; }

    /// <summary>The table of unit values made from this one.</summary>
    public string ValuesName => "assay_values_" + Name;

    public bool HasTargets => this != Generations && this != Wide;

    /// <summary>An event type by its name; every other name is an outcome's metric.</summary>
    public static EventTable Of(MetricSource source) => source.Event switch
    {
        "generation" => Generations,
        "score" => Scores,
        "label" => Labels,
        _ => Outcomes,
    };

    public EventField? Field(string name) => _fields.GetValueOrDefault(name);
}
