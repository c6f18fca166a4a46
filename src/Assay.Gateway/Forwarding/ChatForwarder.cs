using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using Assay.Events;

namespace Assay.Gateway;

/// <summary>Carries a call to its upstream and the answer back. Every failure ends in OpenAI's error shape and in the call's status.</summary>
internal sealed class ChatForwarder(UpstreamClient client, StreamRelay streams, ExposureRecorder exposures, GatewayOptions options, TimeProvider time, GatewayLog log)
{
    /// <summary>Upstreams that answered 400 to <c>stream_options</c>; they are not asked for usage again.</summary>
    private readonly ConcurrentDictionary<string, bool> refusesUsage = new(StringComparer.Ordinal);

    public async Task ForwardAsync(ChatCall call)
    {
        using var deadline = new CallDeadline(options, time, call.Context.RequestAborted);
        try
        {
            if (call.Plan.Problem is { } problem) await RefuseAsync(call, problem);
            else await ExchangeAsync(call, deadline);
            deadline.IsReusable = true;
        }
        catch (OperationCanceledException) when (deadline.IsClientGone)
        {
            call.Fail(GenerationStatus.Cancelled, "client_disconnected");
        }
        catch (Exception e) when (e is OperationCanceledException or HttpRequestException or IOException)
        {
            await FailAsync(call, deadline, e);
        }
        // The exposure stands even when nothing could be delivered.
        await call.SettleExposuresAsync(exposures);
    }

    private async Task ExchangeAsync(ChatCall call, CallDeadline deadline)
    {
        for (var isFirst = true; ; isFirst = false)
        {
            var upstream = call.Plan.Upstream!;
            var addsUsage = call.Request is { Stream: true, IncludesUsage: false } && !refusesUsage.ContainsKey(upstream.Name);
            var body = Rewrite(call, addsUsage, out var rented);
            try
            {
                if (call.Plan.Upstream is null)
                {
                    await RefuseAsync(call, call.Plan.Problem!);
                    return;
                }
                using var response = await SendAsync(call, body, isFirst, deadline);
                deadline.Progress();
                if (response.IsSuccessStatusCode && IsEventStream(response))
                {
                    await streams.RelayAsync(call, response, addsUsage, deadline);
                    return;
                }
                var wasDelivered = await RelayWholeAsync(call, response, isFirst && addsUsage, deadline);
                if (wasDelivered) return;
            }
            finally
            {
                if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
            }
            refusesUsage[upstream.Name] = true;
            log.UsageRefused(upstream.Name);
            call.Facts = new ResponseFacts(call.Plan.AsksForJson);
        }
    }

    /// <summary>The request goes out first: the exposure is committed while the upstream works, and is durable before anything is delivered.</summary>
    private Task<HttpResponseMessage> SendAsync(ChatCall call, ReadOnlyMemory<byte> body, bool isFirst, CallDeadline deadline)
    {
        try
        {
            return client.SendAsync(call.Plan.Upstream!, body, call.Context.Request.Headers, deadline.Token);
        }
        finally
        {
            if (isFirst) call.Exposures = exposures.Begin(call.Plan.Assigned, call.StartedAt, call.Attributes.Attributes);
        }
    }

    /// <summary>The body to send. When a variant cannot be applied, the control; when that cannot either, the request with its model only.</summary>
    private ReadOnlyMemory<byte> Rewrite(ChatCall call, bool addsUsage, out byte[]? rented)
    {
        try
        {
            return Rewrite(call.Request, call.Plan, addsUsage, out rented);
        }
#pragma warning disable CA1031 // Experiment code never fails a user's request.
        catch (Exception e)
#pragma warning restore CA1031
        {
            log.ExperimentFailed(e, string.Join(',', call.Plan.Assigned.Select(a => a.Experiment.Key)));
        }
        call.Plan = ServingPlanner.ControlOf(call.Snapshot, call.Plan, call.Request, call.Attributes);
        try
        {
            return Rewrite(call.Request, call.Plan, addsUsage, out rented);
        }
#pragma warning disable CA1031 // As above.
        catch (Exception e)
#pragma warning restore CA1031
        {
            log.ExperimentFailed(e, string.Join(',', call.Plan.Assigned.Select(a => a.Experiment.Key)));
        }
        call.Plan.SystemText = null;
        call.Plan.Fields.Clear();
        return Rewrite(call.Request, call.Plan, addsUsage, out rented);
    }

    private static ReadOnlyMemory<byte> Rewrite(ChatRequest request, ServingPlan plan, bool addsUsage, out byte[]? rented) =>
        ChatRequestRewriter.Rewrite(request, plan.Model, plan.SystemText, plan.SystemMode, plan.Fields, addsUsage, out rented);

    /// <returns>False when the upstream refused <c>stream_options</c>, so that the request must be sent again without; nothing was delivered then.</returns>
    private async Task<bool> RelayWholeAsync(ChatCall call, HttpResponseMessage response, bool mayRefuseUsage, CallDeadline deadline)
    {
        var upstream = call.Plan.Upstream!;
        using var body = await WholeBody.ReadAsync(response.Content, options.MaxResponseBytes, deadline);
        var status = (int)response.StatusCode;
        if (body is not { } answer)
        {
            await FailAsync(call, OpenAiError.Server(502, "upstream_too_large", $"The upstream '{upstream.Name}' answered with more than {options.MaxResponseBytes} bytes."), null);
            return true;
        }
        await SocketThreads.LeaveAfter(answer.Memory.Length);
        if (mayRefuseUsage && response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity
            && answer.Memory.Span.IndexOf("stream_options"u8) >= 0)
            return false;
        if (!ChatResponseReader.TryRead(answer.Memory.Span, call.Facts))
        {
            if (response.Headers.NonValidated.TryGetValues("Retry-After", out var after)) call.Context.Response.Headers.RetryAfter = after.ToString();
            var kind = response.Content.Headers.ContentType?.MediaType ?? "no content type";
            await FailAsync(call, OpenAiError.Server(502, "upstream_not_json", $"The upstream '{upstream.Name}' answered with status {status} and {kind}, where JSON belongs."), null);
            return true;
        }
        if (status >= 300 || call.Facts.HasError) call.Fail(GenerationStatus.Error, call.Facts.ErrorCode ?? $"http_{status}");

        await call.SettleExposuresAsync(exposures);
        var target = call.Context.Response;
        target.StatusCode = status;
        UpstreamClient.CopyHeaders(response, target.Headers);
        target.ContentLength = answer.Memory.Length;
        deadline.Token.ThrowIfCancellationRequested();
        await target.BodyWriter.WriteAsync(answer.Memory, deadline.Token);
        return true;
    }

    private async Task RefuseAsync(ChatCall call, OpenAiError error)
    {
        if (call.Exposures.Append is null) call.Exposures = exposures.Begin(call.Plan.Assigned, call.StartedAt, call.Attributes.Attributes);
        await FailAsync(call, error, null);
    }

    private async Task FailAsync(ChatCall call, CallDeadline deadline, Exception e)
    {
        var name = call.Plan.Upstream?.Name ?? "";
        var error = e switch
        {
            OperationCanceledException when deadline.IsExpired => OpenAiError.Server(504, "upstream_timeout", $"The upstream '{name}' did not answer in time."),
            OperationCanceledException => OpenAiError.Server(504, "upstream_connect_timeout", $"No connection to the upstream '{name}' within {options.ConnectTimeout.TotalSeconds:0.###} s."),
            HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError } =>
                OpenAiError.Server(502, "upstream_unreachable", $"The upstream '{name}' cannot be reached."),
            _ => OpenAiError.Server(502, "upstream_broke_off", $"The upstream '{name}' broke off its answer."),
        };
        await FailAsync(call, error, e);
    }

    private async Task FailAsync(ChatCall call, OpenAiError error, Exception? e)
    {
        // The message is enough: an upstream that is down fails every request, and a stack trace each would bury the log.
        log.UpstreamFailed(call.Plan.Upstream?.Name ?? "", error.Code, e?.Message ?? "");
        call.Fail(error.Status == 504 ? GenerationStatus.Timeout : GenerationStatus.Error, error.Code);
        await call.SettleExposuresAsync(exposures);
        if (!call.Context.Response.HasStarted && !call.Context.RequestAborted.IsCancellationRequested) await error.WriteAsync(call.Context);
    }

    private static bool IsEventStream(HttpResponseMessage response) =>
        response.Content.Headers.NonValidated.TryGetValues("Content-Type", out var type)
        && type.ToString().StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase);
}
