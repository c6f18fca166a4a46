using Microsoft.Win32.SafeHandles;

namespace Assay.Events;

/// <summary>A segment as a file.</summary>
internal sealed class SpoolFile : ISpoolSegment
{
    private readonly SafeFileHandle handle;

    public SpoolFile(string path, FileMode mode) =>
        handle = File.OpenHandle(path, mode, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);

    public long Length => RandomAccess.GetLength(handle);

    public int Read(Span<byte> target, long offset)
    {
        var total = 0;
        while (total < target.Length)
        {
            var read = RandomAccess.Read(handle, target[total..], offset + total);
            if (read == 0) break;
            total += read;
        }
        return total;
    }

    public void Write(ReadOnlySpan<byte> source, long offset) => RandomAccess.Write(handle, source, offset);
    public void Flush() => NativeFlush.Data(handle);
    public void Truncate(long length) => RandomAccess.SetLength(handle, length);
    public void Dispose() => handle.Dispose();
}
