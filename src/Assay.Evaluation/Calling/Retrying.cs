namespace Assay.Evaluation;

/// <summary>Tries until there is an answer, a refusal or no try left: exponential back-off with jitter, never sooner than the endpoint asks.</summary>
internal sealed class Retrying(int retries, TimeProvider clock, Random random)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(0.5), Longest = TimeSpan.FromSeconds(30), LongestAsked = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);
    private readonly Lock guard = new();

    /// <returns>The last try, with whether any of them may have cost something.</returns>
    public async Task<Attempt> RunAsync(UpstreamGate gate, Func<CancellationToken, Task<Attempt>> attempt, CancellationToken cancellationToken)
    {
        var mayHaveCost = false;
        // A call under way when the run is stopped will be billed: it gets a little time to come home.
        using var late = new CancellationTokenSource();
        using var stopping = cancellationToken.Register(() => late.CancelAfter(Grace));
        for (var n = 0; ; n++)
        {
            await gate.EnterAsync(cancellationToken);
            // Told only now: others may have found out while this one waited.
            if (gate.Hopelessness is { } why)
            {
                gate.Leave();
                return new Attempt(CallOutcome.Failed(CallFailure.Stopped, why), MayHaveCost: mayHaveCost);
            }
            Attempt result;
            try
            {
                result = await attempt(late.Token);
            }
            finally
            {
                gate.Leave();
            }
            mayHaveCost |= result.MayHaveCost;
            if (result.Outcome.Answer is not null)
            {
                gate.Answered();
                return result with { MayHaveCost = mayHaveCost };
            }
            var detail = result.Outcome.Detail ?? "";
            var asked = result.RetryAfter;
            if (!result.MayRetry || n == retries || asked > LongestAsked)
            {
                if (asked > LongestAsked) detail += $" (the endpoint asks to wait {asked.Value.TotalSeconds:0} s)";
                else if (n > 0) detail += $" (after {n + 1} tries)";
                if (result.MayRetry) gate.Failed(detail);
                return new Attempt(CallOutcome.Failed(result.Outcome.Failure!.Value, detail), MayHaveCost: mayHaveCost);
            }
            var wait = Backoff(n);
            if (asked > wait) wait = asked.Value;
            // What one call is told by a limit holds for all of them.
            if (result.Outcome.Failure == CallFailure.RateLimited) gate.Pause(wait);
            await Task.Delay(wait, clock, cancellationToken);
        }
    }

    private TimeSpan Backoff(int n)
    {
        double jitter;
        lock (guard) jitter = 0.5 + random.NextDouble() / 2;
        var wait = First * Math.Pow(2, n);
        return (wait < Longest ? wait : Longest) * jitter;
    }
}
