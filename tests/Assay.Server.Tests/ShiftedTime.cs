namespace Assay.Server.Tests;

/// <summary>The system's time, moved on by hand; timers keep the system's pace.</summary>
internal sealed class ShiftedTime : TimeProvider
{
    private long shiftTicks;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref shiftTicks));

    public void Advance(TimeSpan time) => Interlocked.Add(ref shiftTicks, time.Ticks);
}
