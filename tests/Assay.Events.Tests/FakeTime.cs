using System.Collections.Concurrent;

namespace Assay.Events.Tests;

/// <summary>A clock that stands still, on which every wait is over at once; the waits asked for are kept.</summary>
internal sealed class FakeTime : TimeProvider
{
    public ConcurrentQueue<TimeSpan> Waits { get; } = [];
    public DateTimeOffset Now { get; set; } = SampleEvents.Time;

    public override DateTimeOffset GetUtcNow() => Now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Waits.Enqueue(dueTime);
        return base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
