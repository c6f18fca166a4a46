using System.Buffers;
using System.Buffers.Binary;

namespace Assay.Events;

/// <summary>Records for the spool, each behind its length, in one array from the shared pool.</summary>
internal sealed class SpoolBuffer : IBufferWriter<byte>
{
    private byte[] bytes = [];

    public int Length { get; private set; }
    public int Count { get; private set; }
    public ReadOnlySpan<byte> Written => bytes.AsSpan(0, Length);

    public void Add(AssayEvent value)
    {
        var start = Length;
        try
        {
            GetSpan(sizeof(uint));
            Length += sizeof(uint);
            EventJson.WriteSpooled(this, value);
        }
        catch
        {
            Length = start;
            throw;
        }
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(start), (uint)(Length - start - sizeof(uint)));
        Count++;
    }

    public void Advance(int count) => Length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Grow(sizeHint);
        return bytes.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Grow(sizeHint);
        return bytes.AsSpan(Length);
    }

    /// <summary>Forgets the records; an unusually large array goes back to the pool.</summary>
    public void Clear()
    {
        Length = Count = 0;
        if (bytes.Length <= 64 * 1024) return;
        ArrayPool<byte>.Shared.Return(bytes);
        bytes = [];
    }

    private void Grow(int sizeHint)
    {
        var needed = Length + Math.Max(sizeHint, 256);
        if (needed <= bytes.Length) return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, Math.Max(1024, bytes.Length * 2)));
        bytes.AsSpan(0, Length).CopyTo(larger);
        if (bytes.Length > 0) ArrayPool<byte>.Shared.Return(bytes);
        bytes = larger;
    }
}
