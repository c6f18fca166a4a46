namespace Assay.Events;

/// <summary>One segment file. Reading is safe beside writing.</summary>
internal interface ISpoolSegment : IDisposable
{
    long Length { get; }

    /// <summary>Reads until the span is full or the file ends; returns how much.</summary>
    int Read(Span<byte> target, long offset);

    void Write(ReadOnlySpan<byte> source, long offset);

    /// <summary>Returns when what was written is on the disk.</summary>
    void Flush();

    void Truncate(long length);
}
