namespace Assay.Experiments;

/// <summary>The time after a unit's first exposure in which its rows count; the unit enters an analysis when the window is closed.</summary>
/// <param name="From">Start, at or after the exposure.</param>
/// <param name="To">End (exclusive); null: until the conversation is closed by <paramref name="Idle"/>.</param>
/// <param name="Idle">A conversation is closed after this long without a generation.</param>
public sealed record MetricWindow(TimeSpan From, TimeSpan? To, TimeSpan Idle)
{
    public static readonly TimeSpan DefaultIdle = TimeSpan.FromMinutes(30);
}
