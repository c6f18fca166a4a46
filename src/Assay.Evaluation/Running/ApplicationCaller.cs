using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Assay.Evaluation;

/// <summary>Asks applications, over HTTP or as programs; with the same log, budget, limits and retries as models.</summary>
internal sealed class ApplicationCaller(Suite suite, ModelCaller caller, CallerOptions options)
{
    public Task<CallOutcome> AnswerAsync(ArenaCell cell, CancellationToken cancellationToken)
    {
        var (variant, golden) = (cell.Variant, cell.Golden);
        return caller.LoggedAsync(CallKey.Of(variant, suite, golden, cell.Repeat), $"{variant.Key}/{golden.Id}", variant.Http?.Url.Authority ?? variant.Key, 0,
            stop => variant.Http is { } http ? HttpAsync(http, cell, stop) : CommandAsync(variant.Command!, cell, stop), cancellationToken);
    }

    private Task<Attempt> HttpAsync(HttpApplication http, ArenaCell cell, CancellationToken cancellationToken)
    {
        var whole = ApplicationBody.Whole(cell.Variant, cell.Golden);
        var body = http.Body is { } template ? ApplicationBody.Filled(template, whole) : whole;
        var started = options.Clock.GetTimestamp();
        return caller.Http.SendAsync(http.Url, Encoding.UTF8.GetBytes(body?.ToJsonString() ?? "null"), http.KeyEnv is { } variable ? options.Environment(variable) : null, async (response, stop) =>
        {
            var text = await response.Content.ReadAsStringAsync(stop);
            var latency = options.Clock.GetElapsedTime(started).TotalMilliseconds;
            if (http.AnswerPath is null && http.ContextPath is null) return new Attempt(CallOutcome.Of(new Answer { Text = text, LatencyMs = latency }));
            JsonNode? json;
            try
            {
                json = JsonNode.Parse(text);
            }
            catch (JsonException)
            {
                return new Attempt(CallOutcome.Failed(CallFailure.NotUnderstood, "the response is not JSON"));
            }
            var answer = http.AnswerPath is { } path ? ApplicationBody.At(json, path) : json;
            if (answer is null) return new Attempt(CallOutcome.Failed(CallFailure.NotUnderstood, $"the response has nothing at answerPath '{http.AnswerPath}'"));
            var context = http.ContextPath is { } where ? ApplicationBody.At(json, where) : null;
            return new Attempt(CallOutcome.Of(new Answer
            {
                Text = ApplicationBody.Text(answer),
                Context = context is JsonArray list ? [.. list.OfType<JsonNode>().Select(ApplicationBody.Text)] : context is null ? [] : [ApplicationBody.Text(context)],
                LatencyMs = latency,
            }));
        }, cancellationToken);
    }

    private async Task<Attempt> CommandAsync(CommandApplication command, ArenaCell cell, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(suite.Run.Timeout, options.Clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        var start = new ProcessStartInfo(command.Arguments[0]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = suite.Directory ?? "" };
        foreach (var argument in command.Arguments.Skip(1)) start.ArgumentList.Add(argument);
        var started = options.Clock.GetTimestamp();
        try
        {
            using var process = Process.Start(start)!;
            try
            {
                var output = process.StandardOutput.ReadToEndAsync(both.Token);
                var error = process.StandardError.ReadToEndAsync(both.Token);
                try
                {
                    await process.StandardInput.WriteAsync(ApplicationBody.Whole(cell.Variant, cell.Golden).ToJsonString().AsMemory(), both.Token);
                    process.StandardInput.Close();
                }
                catch (IOException)
                {
                    // A program may answer without reading all of its input.
                }
                await process.WaitForExitAsync(both.Token);
                var text = (await output).TrimEnd('\r', '\n');
                if (process.ExitCode == 0) return new Attempt(CallOutcome.Of(new Answer { Text = text, LatencyMs = options.Clock.GetElapsedTime(started).TotalMilliseconds }));
                var last = (await error).Trim();
                return new Attempt(CallOutcome.Failed(CallFailure.UpstreamError, $"{command.Arguments[0]} ended with code {process.ExitCode}{(last.Length == 0 ? "" : ": " + last[Math.Max(0, last.Length - 300)..])}"));
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                if (cancellationToken.IsCancellationRequested) throw;
                return new Attempt(CallOutcome.Failed(CallFailure.TimedOut, $"{command.Arguments[0]} was still running after {suite.Run.Timeout.TotalSeconds:0.#} s and was ended"));
            }
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return new Attempt(CallOutcome.Failed(CallFailure.Unreachable, $"{command.Arguments[0]} cannot be started: {e.Message}"));
        }
    }
}
