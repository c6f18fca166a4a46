using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Assay.Events;

/// <summary>The two flushes that .NET does not offer: fdatasync, which spares the file's times, and fsync of a folder, which makes new names durable.</summary>
internal static partial class NativeFlush
{
    private const int Interrupted = 4; // EINTR, on Linux and macOS

    public static void Data(SafeFileHandle file)
    {
        if (!OperatingSystem.IsLinux())
        {
            RandomAccess.FlushToDisk(file);
            return;
        }
        while (fdatasync(file) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            if (error != Interrupted) throw new IOException("fdatasync: " + Marshal.GetPInvokeErrorMessage(error));
        }
    }

    public static void Folder(string path)
    {
        if (OperatingSystem.IsWindows()) return; // NTFS journals names by itself.
        var handle = open(path, 0);
        if (handle < 0) throw new IOException($"open {path}: " + Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError()));
        try
        {
            while (fsync(handle) != 0)
            {
                var error = Marshal.GetLastPInvokeError();
                if (error != Interrupted) throw new IOException($"fsync {path}: " + Marshal.GetPInvokeErrorMessage(error));
            }
        }
        finally
        {
            _ = close(handle);
        }
    }

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int fdatasync(SafeFileHandle file);

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int fsync(int handle);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int open(string path, int flags);

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int close(int handle);
}
