namespace Assay.Events;

/// <summary>The top-level fields of an event's JSON; the order is that in which problems are reported.</summary>
internal enum EventField : byte
{
    Type, Id, Timestamp, Experiment, Attributes, ClientId, ClientTimestamp,
    Unit, ExposureId, GenerationId, ResponseId,
    Version, Variant, Bucket, Propensity, Reason, Ids,
    Assignments, Turn, TraceId, Route, Model, ServedModel, Upstream,
    LatencyMs, TtftMs, TpotMs, ItlP95Ms, InputTokens, CachedInputTokens, OutputTokens, ToolCalls, CostUsd,
    Status, ErrorCode, FinishReason, Cache, ParametersHash, Empty, Refusal, JsonValid, FallbackReason,
    Request, Response, Context,
    Metric, Value, Judge, RubricHash, Rater, Winner, A, B, ShownFirst,
    Count,
}
