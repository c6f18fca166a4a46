using System.Collections.Concurrent;
using System.Net;
using Assay.Experiments;

namespace Assay.Evaluation;

/// <summary>Calls OpenAI-compatible endpoints over HTTP: from the log where it can, within the budget, limited, with retries; every answer is on disk before it is returned.</summary>
public sealed class ModelCaller : IModelCaller, IDisposable
{
    private readonly CallerOptions options;
    private readonly PriceTable prices;
    private readonly ConcurrentDictionary<string, UpstreamGate> gates = new(StringComparer.Ordinal);
    private readonly HttpClient direct, proxied;
    private readonly ChatEndpoint chat;
    private readonly Retrying retrying;

    public ModelCaller(CallerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        this.options = options;
        prices = new PriceTable(options.Prices);
        (direct, proxied) = (Client(false), Client(true));
        Http = new HttpAttempt(direct, proxied, options.Run.Timeout, options.Clock);
        chat = new ChatEndpoint(Http, options.Clock);
        retrying = new Retrying(options.Run.Retries, options.Clock, new Random(unchecked((int)options.Run.Seed)));
    }

    internal HttpAttempt Http { get; }

    public async Task<CallOutcome> CallAsync(ModelCall call, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        if (!options.Upstreams.TryGetValue(call.Upstream, out var upstream)) return CallOutcome.Failed(CallFailure.Refused, $"there is no upstream '{call.Upstream}'");
        var today = DateOnly.FromDateTime(options.Clock.GetUtcNow().UtcDateTime);
        var estimate = CostEstimate.Cautious(call, prices.Find(null, call.Model, today)) ?? 0;
        return await LoggedAsync(CallKey.Of(upstream.BaseUrl, call), call.Purpose, upstream.Name, estimate, async stop =>
        {
            var key = upstream.KeyEnv is { } variable ? options.Environment(variable) : null;
            var attempt = await chat.TryAsync(options.Resolve(upstream.BaseUrl), key, call, stop);
            if (attempt.Outcome.Answer is not { } answer) return attempt;
            var price = prices.Find(answer.ServedModel, call.Model, today);
            var cost = PriceTable.Cost(price, answer.InputTokens, answer.CachedInputTokens, answer.OutputTokens, answer.LatencyMs ?? 0);
            return attempt with { Outcome = CallOutcome.Of(answer with { CostUsd = cost }) };
        }, cancellationToken);
    }

    /// <summary>What calls to models and applications share: log, budget, limits, retries, durability.</summary>
    internal async Task<CallOutcome> LoggedAsync(string key, string purpose, string traffic, double estimateUsd, Func<CancellationToken, Task<Attempt>> attempt, CancellationToken cancellationToken)
    {
        var progress = options.Progress;
        if (options.Log?.Find(key) is { } known)
        {
            progress.FromLog(known);
            return CallOutcome.Of(known);
        }
        if (!options.Budget.TryReserve(estimateUsd))
        {
            var refused = CallOutcome.Failed(CallFailure.OverBudget, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"not asked: it might have cost more than --max-cost {options.Budget.MaxCostUsd} leaves"));
            progress.Failed(refused);
            return refused;
        }
        double? cost = 0;
        try
        {
            var result = await retrying.RunAsync(Gate(traffic), attempt, cancellationToken);
            if (result.Outcome.Answer is not { } answer)
            {
                cost = result.MayHaveCost ? null : 0;
                progress.Failed(result.Outcome);
                return result.Outcome;
            }
            cost = answer.CostUsd;
            if (options.Log is { } log) await log.AppendAsync(key, purpose, answer);
            progress.Answered(answer);
            return result.Outcome;
        }
        finally
        {
            options.Budget.Settle(estimateUsd, cost);
        }
    }

    /// <summary>Posts to another path of an upstream, with the same limits and retries; not logged.</summary>
    internal async Task<(byte[]? Json, string? Detail)> PostAsync(string upstreamName, string path, byte[] body, CancellationToken cancellationToken)
    {
        if (!options.Upstreams.TryGetValue(upstreamName, out var upstream)) return (null, $"there is no upstream '{upstreamName}'");
        byte[]? json = null;
        var address = new Uri(options.Resolve(upstream.BaseUrl).ToString().TrimEnd('/') + path);
        var result = await retrying.RunAsync(Gate(upstream.Name), stop => Http.SendAsync(address, body, upstream.KeyEnv is { } variable ? options.Environment(variable) : null, async (response, cancelled) =>
        {
            json = await response.Content.ReadAsByteArrayAsync(cancelled);
            return new Attempt(CallOutcome.Of(new Answer { Text = "" }));
        }, stop), cancellationToken);
        return result.Outcome.Answer is null ? (null, result.Outcome.Detail) : (json, null);
    }

    public void Dispose()
    {
        direct.Dispose();
        proxied.Dispose();
        foreach (var gate in gates.Values) gate.Dispose();
    }

    private UpstreamGate Gate(string name) => gates.GetOrAdd(name, n => new UpstreamGate(n, options.Run.Concurrency, options.Run.RequestsPerMinute, options.Clock));

    private static HttpClient Client(bool useProxy) => new(new SocketsHttpHandler
    {
        UseProxy = useProxy,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.All,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        MaxConnectionsPerServer = int.MaxValue,
    })
    { Timeout = Timeout.InfiniteTimeSpan };
}
