using Microsoft.AspNetCore.Http;

namespace Assay.Gateway;

/// <summary>POST /v1/chat/completions: read, plan, forward, record.</summary>
internal sealed class ChatEndpoint(GatewayState state, GatewayOptions options, TimeProvider time, ServingPlanner planner, ChatForwarder forwarder,
    GenerationRecorder generations, GatewayLog log)
{
    /// <summary>Answers every request, whatever goes wrong, in OpenAI's shapes.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        try
        {
            await ServeAsync(context);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to be answered.
        }
        catch (BadHttpRequestException e)
        {
            await new OpenAiError(e.StatusCode, "invalid_request_error", "bad_request", e.Message).WriteAsync(context);
        }
#pragma warning disable CA1031 // The last resort: a defect of ours answers in the shape that clients read.
        catch (Exception e) when (!context.Response.HasStarted)
#pragma warning restore CA1031
        {
            log.RequestFailed(e);
            await OpenAiError.Server(500, "internal_error", "The gateway failed to serve this request; its log says why.").WriteAsync(context);
        }
    }

    private async Task ServeAsync(HttpContext context)
    {
        var start = time.GetTimestamp();
        var startedAt = time.GetUtcNow();
        using var body = await PooledBody.ReadAsync(context.Request, options.MaxRequestBytes, context.RequestAborted);
        if (body is not { } whole)
        {
            context.Response.Headers.Connection = "close";
            await TooLarge().WriteAsync(context);
            await PooledBody.DiscardAsync(context, time);
            return;
        }
        await SocketThreads.LeaveAfter(whole.Memory.Length);
        var (request, error) = ChatRequestReader.Read(whole.Memory);
        if (request is null)
        {
            await error!.WriteAsync(context);
            return;
        }
        var snapshot = state.Current;
        if (!snapshot.Routes.TryGetValue(request.Model, out var route))
        {
            await OpenAiError.ModelNotFound(request.Model).WriteAsync(context);
            return;
        }

        var generationId = NewIds.Next(startedAt);
        var units = RequestUnits.From(context.Request.Headers, request, generationId);
        var attributes = RequestContext.From(context.Request.Headers);
        var plan = planner.Plan(snapshot, route, request, units, attributes);
        var call = new ChatCall
        {
            Context = context,
            Snapshot = snapshot,
            Request = request,
            Units = units,
            Attributes = attributes,
            Plan = plan,
            Meter = new GenerationMeter(time, start),
            StartedAt = startedAt,
            GenerationId = generationId,
            Facts = new ResponseFacts(plan.AsksForJson),
        };
        await forwarder.ForwardAsync(call);
        await RecordAsync(call);
    }

    /// <summary>The response is out; what goes wrong from here on is the operator's matter, not the user's.</summary>
    private async ValueTask RecordAsync(ChatCall call)
    {
        try
        {
            await generations.RecordAsync(GenerationEvents.Of(call));
        }
#pragma warning disable CA1031 // As the summary says.
        catch (Exception e)
#pragma warning restore CA1031
        {
            log.MeasuringFailed(e, call.Plan.Upstream?.Name ?? "");
        }
    }

    private OpenAiError TooLarge() =>
        new(413, "invalid_request_error", "request_too_large", $"The body is larger than the {options.MaxRequestBytes} bytes that are allowed.");
}
