namespace Assay.Events;

/// <summary>Sizes of the spool. The defaults suit a laptop and a server alike.</summary>
public sealed record EventSpoolOptions
{
    /// <summary>A segment file is closed when the next group would make it larger; whole segments are deleted once drained. Default 64 MB.</summary>
    public long SegmentBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>At most so much is written before one flush, unless a single append is larger. Default 4 MB.</summary>
    public int GroupBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>
    /// Zeros are written so far ahead of small groups, so that most flushes overwrite what the file system has allocated and need not
    /// commit its journal, in which they would wait for everybody else's writes. Default 512 KB; 0 for none.
    /// </summary>
    public int AheadBytes { get; init; } = 512 * 1024;

    /// <summary>When so many bytes wait for a disk that does not keep up, further appends are refused instead of filling the memory. Default 64 MB.</summary>
    public int WaitingBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Called once for each damaged region that is found, on the thread that found it.</summary>
    public Action<SpoolDamage>? OnDamage { get; init; }
}
