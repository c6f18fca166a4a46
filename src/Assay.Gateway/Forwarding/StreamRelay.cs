using System.Buffers;
using Assay.Events;
using Microsoft.AspNetCore.Http.Features;

namespace Assay.Gateway;

/// <summary>Passes a stream through frame by frame. Whatever frames have arrived are written and flushed at once; nothing waits for more.</summary>
internal sealed class StreamRelay(ExposureRecorder exposures, GatewayLog log)
{
    private const int LargestFrame = 16 * 1024 * 1024;
    private static readonly TimeSpan PatienceAfterDone = TimeSpan.FromSeconds(1);

    public async Task RelayAsync(ChatCall call, HttpResponseMessage response, bool dropsUsage, CallDeadline deadline)
    {
        await call.SettleExposuresAsync(exposures);
        var target = call.Context.Response;
        target.StatusCode = (int)response.StatusCode;
        UpstreamClient.CopyHeaders(response, target.Headers);
        if (target.Headers.CacheControl.Count == 0) target.Headers.CacheControl = "no-cache";
        call.Context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        await target.StartAsync(deadline.Token);

        var isDone = false;
        OpenAiError? error = null;
        try
        {
            isDone = await PumpAsync(call, response, dropsUsage, deadline);
            if (!isDone) error = Broken(call);
        }
        catch (OperationCanceledException) when (deadline.IsClientGone)
        {
            call.Fail(GenerationStatus.Cancelled, "client_disconnected");
            return;
        }
        catch (Exception e) when (e is OperationCanceledException or HttpRequestException or IOException)
        {
            error = e is OperationCanceledException
                ? OpenAiError.Server(504, "upstream_timeout", $"The upstream '{call.Plan.Upstream!.Name}' fell silent in the middle of its answer.") : Broken(call);
        }
        if (error is null) return;
        log.UpstreamFailed(call.Plan.Upstream!.Name, error.Code, error.Message);
        call.Fail(error.Status == 504 ? GenerationStatus.Timeout : GenerationStatus.Error, error.Code);
        // Never a silent [DONE]: a half answer must not look whole.
        await target.BodyWriter.WriteAsync((byte[])[.. "data: "u8, .. error.ToUtf8(), .. "\n\n"u8], call.Context.RequestAborted);
    }

    /// <returns>True when the stream came to its end: [DONE], an error frame of its own, or a finish reason before the last byte.</returns>
    private static async Task<bool> PumpAsync(ChatCall call, HttpResponseMessage response, bool dropsUsage, CallDeadline deadline)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(deadline.Token);
        var writer = call.Context.Response.BodyWriter;
        var buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
        int start = 0, end = 0;
        var isDone = false;
        try
        {
            while (true)
            {
                if (end == buffer.Length) Compact(ref buffer, ref start, ref end);
                int read;
                try
                {
                    read = await stream.ReadAsync(buffer.AsMemory(end), deadline.Token);
                }
                catch (Exception e) when (isDone && e is OperationCanceledException or HttpRequestException or IOException)
                {
                    return true;
                }
                // What an upstream leaves without a last blank line is a frame all the same.
                end += read;
                var (passed, content) = PassFrames(call, buffer, ref start, end, isLast: read == 0, dropsUsage, writer, ref isDone);
                if (passed) await writer.FlushAsync(deadline.Token);
                for (; content > 0; content--) call.Meter.ContentDelivered();
                if (read == 0) return isDone || call.Facts.FinishReason is not null;
                if (start == end) start = end = 0;
                if (isDone) deadline.Limit(PatienceAfterDone);
                else deadline.Progress();
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static (bool Passed, int ContentFrames) PassFrames(ChatCall call, byte[] buffer, ref int start, int end, bool isLast, bool dropsUsage,
        IBufferWriter<byte> writer, ref bool isDone)
    {
        var passed = false;
        var content = 0;
        while (start < end)
        {
            var rest = buffer.AsSpan(start, end - start);
            var length = SseFrames.LengthOfFirst(rest);
            if (length == 0)
            {
                if (!isLast) break;
                length = rest.Length;
            }
            var frame = rest[..length];
            start += length;
            var data = SseFrames.Data(frame);
            if (data.SequenceEqual("[DONE]"u8))
            {
                isDone = true;
            }
            else if (!data.IsEmpty)
            {
                // A last frame cut in two is not passed on: the error frame follows instead.
                if (!ChatResponseReader.TryRead(data, call.Facts) && isLast) break;
                if (dropsUsage && call.Facts.LastWasUsageOnly) continue;
                if (call.Facts.LastHadContent) content++;
                if (call.Facts.HasError)
                {
                    call.Fail(GenerationStatus.Error, call.Facts.ErrorCode ?? "upstream_error");
                    isDone = true;
                }
            }
            writer.Write(frame);
            passed = true;
        }
        return (passed, content);
    }

    private static void Compact(ref byte[] buffer, ref int start, ref int end)
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            end -= start;
            start = 0;
            return;
        }
        if (buffer.Length >= LargestFrame) throw new IOException("a frame of the stream is too large");
        buffer = WholeBody.Grow(buffer);
    }

    private static OpenAiError Broken(ChatCall call) =>
        OpenAiError.Server(502, "upstream_broke_off", $"The upstream '{call.Plan.Upstream!.Name}' broke off in the middle of its answer.");
}
