namespace Assay.Events;

/// <summary>How far a reader has come in the spool: everything before it has been read. Ordered.</summary>
/// <param name="Segment">Number of the segment file, from 1; 0 with offset 0 is the very start.</param>
/// <param name="Offset">Byte offset of the next record in it.</param>
public readonly record struct SpoolPosition(long Segment, long Offset) : IComparable<SpoolPosition>
{
    public static SpoolPosition Start => default;
    public int CompareTo(SpoolPosition other) => Segment != other.Segment ? Segment.CompareTo(other.Segment) : Offset.CompareTo(other.Offset);
    public static bool operator <(SpoolPosition a, SpoolPosition b) => a.CompareTo(b) < 0;
    public static bool operator >(SpoolPosition a, SpoolPosition b) => a.CompareTo(b) > 0;
    public static bool operator <=(SpoolPosition a, SpoolPosition b) => a.CompareTo(b) <= 0;
    public static bool operator >=(SpoolPosition a, SpoolPosition b) => a.CompareTo(b) >= 0;
}
