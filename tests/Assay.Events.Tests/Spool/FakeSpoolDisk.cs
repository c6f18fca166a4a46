namespace Assay.Events.Tests.Spool;

/// <summary>A real folder in front of which a disk can be full or failing.</summary>
internal sealed class FakeSpoolDisk(string folder) : ISpoolDisk
{
    private readonly SpoolFolder real = new(folder);

    /// <summary>Bytes that still fit; a write beyond writes what fits and fails.</summary>
    public long Room { get; set; } = long.MaxValue;

    /// <summary>Called when a write did not fit.</summary>
    public Action? OnFull { get; set; }
    public bool FlushFails { get; set; }
    public bool TruncateFails { get; set; }
    public bool CreateFails { get; set; }

    /// <summary>While set, writing waits; for filling a group.</summary>
    public ManualResetEventSlim Held { get; } = new(true);
    public int Flushes;

    /// <summary>Set when a write has begun, be it held or not.</summary>
    public ManualResetEventSlim Begun { get; } = new(false);

    public IReadOnlyList<long> List() => real.List();
    public ISpoolSegment Open(long segment) => new Segment(this, real.Open(segment));
    public long LengthOf(long segment) => real.LengthOf(segment);
    public void Delete(long segment) => real.Delete(segment);
    public void SetAside(long segment) => real.SetAside(segment);

    public ISpoolSegment Create(long segment)
    {
        if (CreateFails) throw new IOException("No space left on device");
        return new Segment(this, real.Create(segment));
    }

    public void Dispose()
    {
        real.Dispose();
        Held.Dispose();
        Begun.Dispose();
    }

    private sealed class Segment(FakeSpoolDisk disk, ISpoolSegment real) : ISpoolSegment
    {
        public long Length => real.Length;
        public int Read(Span<byte> target, long offset) => real.Read(target, offset);
        public void Dispose() => real.Dispose();

        public void Write(ReadOnlySpan<byte> source, long offset)
        {
            disk.Begun.Set();
            disk.Held.Wait();
            var fits = (int)Math.Min(source.Length, disk.Room);
            real.Write(source[..fits], offset);
            if (disk.Room != long.MaxValue) disk.Room -= fits;
            if (fits == source.Length) return;
            disk.OnFull?.Invoke();
            throw new IOException("No space left on device");
        }

        public void Flush()
        {
            if (disk.FlushFails) throw new IOException("Input/output error");
            Interlocked.Increment(ref disk.Flushes);
            real.Flush();
        }

        public void Truncate(long length)
        {
            if (disk.TruncateFails) throw new IOException("Input/output error");
            real.Truncate(length);
        }
    }
}
