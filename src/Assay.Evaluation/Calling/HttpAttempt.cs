using System.Net;
using System.Net.Http.Headers;

namespace Assay.Evaluation;

/// <summary>One POST, with a time limit; failures become values that say whether to try again.</summary>
internal sealed class HttpAttempt(HttpClient direct, HttpClient proxied, TimeSpan timeout, TimeProvider clock)
{
    /// <summary>Sends; <paramref name="read"/> gets the response when it is a success.</summary>
    public async Task<Attempt> SendAsync(Uri address, byte[] body, string? key, Func<HttpResponseMessage, CancellationToken, Task<Attempt>> read, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(timeout, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            if (key is not null) request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + key);
            using var response = await (address.IsLoopback ? direct : proxied).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token);
            if (response.IsSuccessStatusCode) return await read(response, both.Token);
            return Refused(response, await response.Content.ReadAsByteArrayAsync(both.Token));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Attempt(CallOutcome.Failed(CallFailure.TimedOut, $"no answer within {timeout.TotalSeconds:0.#} s"), MayRetry: true, MayHaveCost: true);
        }
        catch (HttpRequestException e)
        {
            return new Attempt(CallOutcome.Failed(CallFailure.Unreachable, $"{address.GetLeftPart(UriPartial.Authority)}: {e.Message}"), MayRetry: true);
        }
        catch (IOException e)
        {
            return new Attempt(CallOutcome.Failed(CallFailure.Unreachable, $"the connection broke: {e.Message}"), MayRetry: true, MayHaveCost: true);
        }
    }

    private Attempt Refused(HttpResponseMessage response, byte[] body)
    {
        var status = (int)response.StatusCode;
        var (message, code) = OpenAiErrors.Read(body);
        var detail = $"HTTP {status}{(message.Length == 0 ? "" : ": " + message)}";
        // An empty account stays empty however often one asks.
        var mayRetry = status is 408 or 409 or 429 or >= 500 && code is not "insufficient_quota";
        var failure = response.StatusCode == HttpStatusCode.TooManyRequests && mayRetry ? CallFailure.RateLimited : status >= 500 ? CallFailure.UpstreamError : CallFailure.Refused;
        return new Attempt(CallOutcome.Failed(failure, detail), mayRetry, RetryAfter(response.Headers.RetryAfter));
    }

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? header) =>
        header?.Delta ?? (header?.Date is { } date ? Max(date - clock.GetUtcNow(), TimeSpan.Zero) : null);

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
