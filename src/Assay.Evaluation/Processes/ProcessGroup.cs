using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Assay.Evaluation.Processes;

/// <summary>Ends a child and all that it started.</summary>
internal static class ProcessGroup
{
    private const int KillSignal = 9;

    public static void Kill(Process child)
    {
        // The child leads a group of its own, which outlives it as long as one member does.
        if (!OperatingSystem.IsWindows()) _ = Signal(-child.Id, KillSignal);
        try
        {
            if (!child.HasExited) child.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has ended meanwhile.
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Signal(int process, int signal);
}
