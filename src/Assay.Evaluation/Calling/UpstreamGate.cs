namespace Assay.Evaluation;

/// <summary>One upstream's traffic: how many calls at once and per minute, a pause that all of them keep, and the point from which asking on is useless.</summary>
internal sealed class UpstreamGate(string name, int concurrency, double? requestsPerMinute, TimeProvider clock) : IDisposable
{
    /// <summary>So many calls in a row that failed after all their tries, and none that was answered in between.</summary>
    private const int Hopeless = 5;

    private readonly SemaphoreSlim slots = new(concurrency);
    private readonly Lock guard = new();
    private DateTimeOffset next = DateTimeOffset.MinValue;
    private DateTimeOffset pausedUntil = DateTimeOffset.MinValue;
    private int failures;
    private string? lastFailure;

    /// <summary>Why asking on is useless; null: it is not.</summary>
    public string? Hopelessness
    {
        get
        {
            lock (guard) return failures >= Hopeless ? $"not tried: the last {failures} calls to '{name}' failed after all their tries, the last with: {lastFailure}" : null;
        }
    }

    public async Task EnterAsync(CancellationToken cancellationToken)
    {
        await slots.WaitAsync(cancellationToken);
        try
        {
            while (Wait() is { } wait && wait > TimeSpan.Zero) await Task.Delay(wait, clock, cancellationToken);
        }
        catch
        {
            slots.Release();
            throw;
        }
    }

    public void Leave() => slots.Release();

    /// <summary>Nobody asks before then.</summary>
    public void Pause(TimeSpan duration)
    {
        lock (guard)
        {
            var until = clock.GetUtcNow() + duration;
            if (until > pausedUntil) pausedUntil = until;
        }
    }

    public void Answered()
    {
        lock (guard) failures = 0;
    }

    public void Failed(string detail)
    {
        lock (guard)
        {
            failures++;
            lastFailure = detail;
        }
    }

    public void Dispose() => slots.Dispose();

    private TimeSpan? Wait()
    {
        lock (guard)
        {
            var now = clock.GetUtcNow();
            if (pausedUntil > now) return pausedUntil - now;
            if (requestsPerMinute is not { } rate) return null;
            if (next > now) return next - now;
            next = (next > now ? next : now) + TimeSpan.FromMinutes(1 / rate);
            return null;
        }
    }
}
