using System.Collections.Immutable;
using System.Text.Json;
using Assay.Events;
using Assay.Experiments;

namespace Assay.Gateway;

/// <summary>Makes the event of a call that has ended, however it ended. A failure counts to the assigned arm like any other answer.</summary>
internal static class GenerationEvents
{
    public static GenerationEvent Of(ChatCall call)
    {
        var (plan, facts, request) = (call.Plan, call.Facts, call.Request);
        var latencyMs = call.Meter.ElapsedMs;
        var isAnswered = call.Status == GenerationStatus.Ok;
        var price = call.Snapshot.Prices.Find(facts.Model, plan.Model, DateOnly.FromDateTime(call.StartedAt.UtcDateTime));
        var arms = ImmutableArray.CreateBuilder<GenerationAssignment>(plan.Assigned.Count);
        foreach (var arm in plan.Assigned)
            if (arm.IsExposed) arms.Add(new GenerationAssignment(arm.Experiment.Key, arm.Experiment.Version, arm.Variant, arm.ExposureId, arm.Reason));
        return new GenerationEvent
        {
            Id = call.GenerationId,
            Timestamp = call.StartedAt,
            Attributes = call.Attributes.Attributes,
            Ids = plan.Assigned.Count == 0 ? call.Units.Ids : plan.Assigned[0].Ids,
            Assignments = arms.DrainToImmutable(),
            ResponseId = facts.Id,
            Turn = request.UserMessages > 0 ? request.UserMessages : null,
            TraceId = TraceId(call),
            Route = plan.Route.Name,
            Model = plan.Model,
            ServedModel = facts.Model,
            Upstream = plan.Upstream?.Name,
            LatencyMs = latencyMs,
            TtftMs = call.Meter.TtftMs,
            TpotMs = call.Meter.TpotMs(facts.OutputTokens),
            ItlP95Ms = call.Meter.ItlP95Ms,
            InputTokens = facts.InputTokens,
            CachedInputTokens = facts.CachedInputTokens,
            OutputTokens = facts.OutputTokens,
            ToolCalls = isAnswered ? facts.ToolCalls : null,
            CostUsd = PriceTable.Cost(price, facts.InputTokens, facts.CachedInputTokens, facts.OutputTokens, latencyMs),
            Status = call.Status,
            ErrorCode = call.ErrorCode,
            FinishReason = facts.FinishReason,
            Cache = facts.CachedInputTokens switch { null => null, 0 => "cold", _ => "warm" },
            ParametersHash = ParametersHash.Of(request, plan.Fields),
            Empty = isAnswered ? !facts.HasText && facts.ToolCalls == 0 : null,
            Refusal = isAnswered ? facts.HasRefusal || facts.FinishReason == "content_filter" : null,
            JsonValid = isAnswered && plan.AsksForJson && facts.Text is { WrittenCount: > 0 } text ? IsJson(text.WrittenSpan) : null,
            FallbackReason = plan.FallbackReason,
        };
    }

    private static string? TraceId(ChatCall call) =>
        RequestUnits.Header(call.Context.Request.Headers, "traceparent") is { Length: >= 36 } parent && parent[2] == '-' ? parent.Substring(3, 32) : null;

    private static bool IsJson(ReadOnlySpan<byte> text)
    {
        try
        {
            var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = 256 });
            while (reader.Read())
            {
            }
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
