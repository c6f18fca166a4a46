namespace Assay.Events;

/// <summary>How the spool is emptied into the store.</summary>
public sealed record SpoolDrainOptions
{
    /// <summary>Events per transaction of the store, about. Default 20,000.</summary>
    public int BatchEvents { get; init; } = 20_000;

    /// <summary>Pause after a batch that was not full: larger transactions cost the store less. It bounds how old a report is. Default 200 ms.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>First pause after a failure; doubles up to <see cref="LongestRetry"/>. Default 100 ms.</summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Default 30 s.</summary>
    public TimeSpan LongestRetry { get; init; } = TimeSpan.FromSeconds(30);
}
