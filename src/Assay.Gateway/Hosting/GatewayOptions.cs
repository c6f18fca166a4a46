namespace Assay.Gateway;

/// <summary>Limits of the data plane. Every default is meant for production.</summary>
public sealed record GatewayOptions
{
    /// <summary>Largest request body in bytes; more is answered with 413 and never buffered. Default 20 MB.</summary>
    public int MaxRequestBytes { get; init; } = 20 * 1024 * 1024;

    /// <summary>Largest answer of an upstream that is not streamed, in bytes; more is a 502. Default 64 MB.</summary>
    public int MaxResponseBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Time allowed for connecting to an upstream. Default 10 seconds.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time allowed for a whole call, stream included. Default 10 minutes.</summary>
    public TimeSpan TotalTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Longest silence inside an answer that has begun. Default 2 minutes.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Longest wait for an exposure to become durable once the answer is there; then the answer is delivered without counting it. Default 5 seconds.</summary>
    public TimeSpan ExposureTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How many exposures are remembered as recorded, so that they are not appended again. Forgetting is harmless: an exposure repeated is the same event. Default 200,000.</summary>
    public int RememberedExposures { get; init; } = 200_000;

    /// <summary>How many generation events may wait to become durable before requests wait for them. Default 16,384.</summary>
    public int PendingGenerations { get; init; } = 16_384;

    /// <summary>After a failed exposure, how long new units are served the control before the spool is tried again. Default 1 second.</summary>
    public TimeSpan SpoolRetryAfter { get; init; } = TimeSpan.FromSeconds(1);
}
