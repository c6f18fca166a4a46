namespace Assay.Gateway;

/// <summary>Times one answer on the monotonic clock: from the request's arrival to the delivery of its content.</summary>
internal sealed class GenerationMeter(TimeProvider time, long start)
{
    private const int MostGaps = 100_000;
    private List<double>? gapsMs;
    private long first;
    private long last;

    /// <summary>Notes that a frame with content has just been delivered.</summary>
    public void ContentDelivered()
    {
        var now = time.GetTimestamp();
        if (first == 0) first = now;
        else if ((gapsMs ??= []).Count < MostGaps) gapsMs.Add(time.GetElapsedTime(last, now).TotalMilliseconds);
        last = now;
    }

    /// <summary>In whole microseconds: nothing that a network carries is finer, and short numbers are written faster.</summary>
    public double ElapsedMs => Math.Round(time.GetElapsedTime(start).TotalMilliseconds, 3);

    /// <summary>Time to the first delivered content; null when there was none, or the answer was not streamed.</summary>
    public double? TtftMs => first == 0 ? null : time.GetElapsedTime(start, first).TotalMilliseconds;

    /// <summary>Time per output token after the first; null when fewer than two content frames or two tokens leave nothing to measure.</summary>
    public double? TpotMs(long? outputTokens) =>
        gapsMs is null || outputTokens is not > 1 ? null : time.GetElapsedTime(first, last).TotalMilliseconds / (outputTokens.Value - 1);

    /// <summary>95th percentile (nearest rank) of the gaps between content frames; null without a gap.</summary>
    public double? ItlP95Ms
    {
        get
        {
            if (gapsMs is null) return null;
            gapsMs.Sort();
            return gapsMs[(int)Math.Ceiling(0.95 * gapsMs.Count) - 1];
        }
    }
}
