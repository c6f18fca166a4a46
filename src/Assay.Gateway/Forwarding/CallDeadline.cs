namespace Assay.Gateway;

/// <summary>The token of one upstream call: cancelled when the client hangs up, when the whole call takes too long, or when an answer that has begun falls silent.</summary>
internal sealed class CallDeadline : IDisposable
{
    // A source and its timer for the next call on this thread, instead of new ones for each.
    [ThreadStatic] private static CancellationTokenSource? spare;

    private readonly GatewayOptions options;
    private readonly TimeProvider time;
    private readonly CancellationToken client;
    private readonly CancellationTokenSource source;
    private readonly CancellationTokenRegistration registration;
    private readonly long start;

    public CallDeadline(GatewayOptions options, TimeProvider time, CancellationToken client)
    {
        this.options = options;
        this.time = time;
        this.client = client;
        start = time.GetTimestamp();
        source = Rent();
        registration = client.UnsafeRegister(static s => ((CancellationTokenSource)s!).Cancel(), source);
    }

    /// <summary>Set when the call ended well, so that nobody holds its token any more.</summary>
    public bool IsReusable { get; set; }

    public CancellationToken Token => source.Token;

    public bool IsClientGone => client.IsCancellationRequested;

    /// <summary>True when time ran out, and not the client's patience.</summary>
    public bool IsExpired => source.IsCancellationRequested && !client.IsCancellationRequested;

    /// <summary>Something arrived: the next piece has the idle time, within the total.</summary>
    public void Progress()
    {
        var left = options.TotalTimeout - time.GetElapsedTime(start);
        var next = left < options.IdleTimeout ? left : options.IdleTimeout;
        source.CancelAfter(next > TimeSpan.Zero ? next : TimeSpan.Zero);
    }

    /// <summary>What still comes is of no interest: it may take no longer than this.</summary>
    public void Limit(TimeSpan rest) => source.CancelAfter(rest);

    public void Dispose()
    {
        registration.Dispose();
        if (IsReusable && spare is null && source.TryReset()) spare = source;
        else source.Dispose();
    }

    private CancellationTokenSource Rent()
    {
        if (time != TimeProvider.System || spare is not { } kept) return new CancellationTokenSource(options.TotalTimeout, time);
        spare = null;
        kept.CancelAfter(options.TotalTimeout);
        return kept;
    }
}
