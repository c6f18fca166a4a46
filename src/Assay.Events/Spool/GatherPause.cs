using System.Runtime.InteropServices;

namespace Assay.Events;

/// <summary>
/// When the writer rests before a flush, so that more appends share it. Only under load: a flush costs the processor time that the appenders need,
/// and an append that comes after a quiet group is never held up.
/// </summary>
internal static partial class GatherPause
{
    /// <summary>One rest; there may be <see cref="Most"/> of them, each only while appends keep coming.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromMicroseconds(50);
    public const int Most = 2;

    private const int ManyAppends = 4;
    private const int EnoughAppends = 20;
    private const int EnoughBytes = 64 * 1024;

    /// <param name="previous">Appends in the group before: several are the sign of load.</param>
    /// <param name="waiting">Appends that wait now.</param>
    /// <param name="waitingBytes">Their bytes: a large write makes the flush a small part of the whole.</param>
    public static bool IsWorthwhile(int previous, int waiting, long waitingBytes) =>
        previous >= ManyAppends && waiting < Math.Min(previous, EnoughAppends) && waitingBytes < EnoughBytes;

    /// <summary>Rests. Thread.Sleep knows only whole milliseconds, which is too long; where there is nothing finer, others are let through once.</summary>
    public static void Rest()
    {
        if (OperatingSystem.IsWindows()) Thread.Yield();
        else _ = usleep((uint)Length.TotalMicroseconds);
    }

    [LibraryImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int usleep(uint microseconds);
}
