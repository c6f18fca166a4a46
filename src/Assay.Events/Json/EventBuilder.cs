namespace Assay.Events;

/// <summary>From fields to records, once they are known to be there.</summary>
internal static class EventBuilder
{
    public static EventKind KindOf(string? type) => type switch
    {
        "exposure" => EventKind.Exposure,
        "generation" => EventKind.Generation,
        "outcome" => EventKind.Outcome,
        "score" => EventKind.Score,
        "label" => EventKind.Label,
        _ => EventKind.None,
    };

    public static GenerationStatus? StatusOf(string? status) => status switch
    {
        "ok" => GenerationStatus.Ok,
        "error" => GenerationStatus.Error,
        "timeout" => GenerationStatus.Timeout,
        "cancelled" => GenerationStatus.Cancelled,
        "blocked" => GenerationStatus.Blocked,
        _ => null,
    };

    public static AssayEvent Build(EventKind kind, EventFields f, string id, DateTimeOffset timestamp, bool hasClientId, bool hasClientTimestamp) => kind switch
    {
        EventKind.Exposure => new ExposureEvent
        {
            Id = id,
            Timestamp = timestamp,
            HasClientId = hasClientId,
            HasClientTimestamp = hasClientTimestamp,
            Experiment = f.Text(EventField.Experiment),
            Attributes = f.Element(EventField.Attributes),
            Version = (int)(f.Whole(EventField.Version) ?? 1),
            Unit = f.Text(EventField.Unit)!,
            Variant = f.Text(EventField.Variant)!,
            Bucket = f.Number(EventField.Bucket),
            Propensity = f.Number(EventField.Propensity),
            Reason = f.Text(EventField.Reason) ?? "assigned",
            Ids = f.Ids,
        },
        EventKind.Generation => new GenerationEvent
        {
            Id = id,
            Timestamp = timestamp,
            HasClientId = hasClientId,
            HasClientTimestamp = hasClientTimestamp,
            Experiment = f.Text(EventField.Experiment),
            Attributes = f.Element(EventField.Attributes),
            // A generation's responseId is its own, not a target.
            Target = new EventTarget(f.Text(EventField.Unit), f.Text(EventField.ExposureId), f.Text(EventField.GenerationId)),
            Ids = f.Ids,
            Assignments = f.Assignments,
            ResponseId = f.Text(EventField.ResponseId),
            Turn = (int?)f.Whole(EventField.Turn),
            TraceId = f.Text(EventField.TraceId),
            Route = f.Text(EventField.Route),
            Model = f.Text(EventField.Model),
            ServedModel = f.Text(EventField.ServedModel),
            Upstream = f.Text(EventField.Upstream),
            LatencyMs = f.Number(EventField.LatencyMs),
            TtftMs = f.Number(EventField.TtftMs),
            TpotMs = f.Number(EventField.TpotMs),
            ItlP95Ms = f.Number(EventField.ItlP95Ms),
            InputTokens = f.Whole(EventField.InputTokens),
            CachedInputTokens = f.Whole(EventField.CachedInputTokens),
            OutputTokens = f.Whole(EventField.OutputTokens),
            ToolCalls = (int?)f.Whole(EventField.ToolCalls),
            CostUsd = f.Number(EventField.CostUsd),
            Status = StatusOf(f.Text(EventField.Status)) ?? (f.Has(EventField.ErrorCode) ? GenerationStatus.Error : GenerationStatus.Ok),
            ErrorCode = f.Text(EventField.ErrorCode),
            FinishReason = f.Text(EventField.FinishReason),
            Cache = f.Text(EventField.Cache),
            ParametersHash = f.Text(EventField.ParametersHash),
            Empty = f.Boolean(EventField.Empty),
            Refusal = f.Boolean(EventField.Refusal),
            JsonValid = f.Boolean(EventField.JsonValid),
            FallbackReason = f.Text(EventField.FallbackReason),
            Request = f.Element(EventField.Request),
            Response = f.Element(EventField.Response),
            Context = f.Element(EventField.Context),
        },
        EventKind.Outcome => new OutcomeEvent
        {
            Id = id,
            Timestamp = timestamp,
            HasClientId = hasClientId,
            HasClientTimestamp = hasClientTimestamp,
            Experiment = f.Text(EventField.Experiment),
            Attributes = f.Element(EventField.Attributes),
            Target = TargetOf(f),
            Metric = f.Text(EventField.Metric)!,
            Value = f.Number(EventField.Value),
            Text = f.Text(EventField.Value),
        },
        EventKind.Score => new ScoreEvent
        {
            Id = id,
            Timestamp = timestamp,
            HasClientId = hasClientId,
            HasClientTimestamp = hasClientTimestamp,
            Experiment = f.Text(EventField.Experiment),
            Attributes = f.Element(EventField.Attributes),
            Target = TargetOf(f),
            Metric = f.Text(EventField.Metric)!,
            Value = f.Number(EventField.Value),
            JudgeKey = f.JudgeKey,
            JudgeHash = f.JudgeHash,
            RubricHash = f.Text(EventField.RubricHash),
            Reason = f.Text(EventField.Reason),
            Pairwise = PairwiseOf(f),
        },
        EventKind.Label => new LabelEvent
        {
            Id = id,
            Timestamp = timestamp,
            HasClientId = hasClientId,
            HasClientTimestamp = hasClientTimestamp,
            Experiment = f.Text(EventField.Experiment),
            Attributes = f.Element(EventField.Attributes),
            Target = TargetOf(f),
            Metric = f.Text(EventField.Metric)!,
            Value = f.Number(EventField.Value),
            Rater = f.Text(EventField.Rater),
            Pairwise = PairwiseOf(f),
        },
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static EventTarget TargetOf(EventFields f) =>
        new(f.Text(EventField.Unit), f.Text(EventField.ExposureId), f.Text(EventField.GenerationId), f.Text(EventField.ResponseId));

    private static PairwiseVerdict? PairwiseOf(EventFields f) =>
        f.Text(EventField.Winner) is { } winner ? new PairwiseVerdict(winner, f.Text(EventField.A), f.Text(EventField.B), f.Text(EventField.ShownFirst)) : null;
}
