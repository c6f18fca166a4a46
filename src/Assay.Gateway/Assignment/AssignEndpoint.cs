using System.Text.Json;
using Assay.Experiments;
using Microsoft.AspNetCore.Http;

namespace Assay.Gateway;

/// <summary>
/// POST /api/v1/assign: assignments for applications that call their models themselves. Answers an array, one row per experiment that was
/// asked for (all that are served when none was named), in that order. An exposure is on disk before the answer; where it cannot be, the row
/// has no variant and the reason <c>error</c>, so that the application serves its control.
/// </summary>
internal sealed class AssignEndpoint(GatewayState state, GatewayOptions options, TimeProvider time, ExposureRecorder exposures, GatewayLog log)
{
    public async Task HandleAsync(HttpContext context)
    {
        var now = time.GetUtcNow();
        using var body = await PooledBody.ReadAsync(context.Request, options.MaxRequestBytes, context.RequestAborted);
        if (body is not { } whole)
        {
            await ProblemAsync(context, 413, "too-large", $"At most {options.MaxRequestBytes} bytes are allowed.");
            await PooledBody.DiscardAsync(context, time);
            return;
        }
        var newRequestId = RequestUnits.Header(context.Request.Headers, RequestHeaders.IdempotencyKey) ?? NewIds.Next(now);
        var (request, problems) = AssignRequest.Parse(whole.Memory, newRequestId);
        if (request is null)
        {
            await ProblemAsync(context, 400, "invalid-request", string.Join("; ", problems));
            return;
        }
        var results = Decide(state.Current, request);
        if (request.Expose) await ExposeAsync(results, now, request.Attributes);

        context.Response.ContentType = "application/json";
        await using var writer = new Utf8JsonWriter(context.Response.BodyWriter);
        writer.WriteStartArray();
        foreach (var result in results) result.Write(writer);
        writer.WriteEndArray();
        await writer.FlushAsync(context.RequestAborted);
    }

    private List<AssignResult> Decide(GatewaySnapshot snapshot, AssignRequest request)
    {
        var attributes = RequestContext.Decisive(request.Attributes);
        var results = new List<AssignResult>();
        var keys = request.Experiments ?? [.. snapshot.Experiments.Select(e => e.Key)];
        foreach (var key in keys)
        {
            var served = snapshot.Experiments.FirstOrDefault(e => e.Key == key);
            var result = new AssignResult(key, served) { Chosen = served?.Chosen };
            if (served?.Decide is not null) Decide(served, result, request.Units, attributes);
            results.Add(result);
        }
        return results;
    }

    private void Decide(ServedExperiment served, AssignResult result, in RequestUnits units, UnitAttributes attributes)
    {
        try
        {
            var unit = units.Of(served.Experiment.Unit);
            result.Decision = unit is null ? new AssignmentDecision(-1, -1, 0, AssignmentReason.NoUnit) : served.Decide!(unit, attributes);
            if (result.Decision.IsAssigned) result.Assigned = new AssignedVariant(served, result.Decision, unit!, units.IdsFor(served.Experiment.Unit));
        }
#pragma warning disable CA1031 // Experiment code never fails a user's request.
        catch (Exception e)
#pragma warning restore CA1031
        {
            log.ExperimentFailed(e, served.Key);
            Fail(result);
        }
    }

    private async Task ExposeAsync(List<AssignResult> results, DateTimeOffset now, JsonElement? attributes)
    {
        var assigned = results.Where(r => r.Assigned is not null).Select(r => r.Assigned!).ToList();
        if (assigned.Count == 0) return;
        await exposures.CompleteAsync(exposures.Begin(assigned, now, attributes));
        foreach (var result in results)
        {
            result.IsExposed = result.Assigned is { IsExposed: true };
            if (result.Assigned is { IsExposed: false }) Fail(result);
        }
    }

    private static void Fail(AssignResult result)
    {
        result.Assigned = null;
        result.Decision = new AssignmentDecision(-1, -1, 0, AssignmentReason.Error);
    }

    private static Task ProblemAsync(HttpContext context, int status, string title, string detail) =>
        TypedResults.Problem(detail, statusCode: status, title: title, extensions: new Dictionary<string, object?> { ["code"] = title }).ExecuteAsync(context);
}
