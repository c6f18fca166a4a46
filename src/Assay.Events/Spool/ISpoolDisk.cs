namespace Assay.Events;

/// <summary>The spool's view of its folder; a port so that a full or failing disk can be rehearsed.</summary>
internal interface ISpoolDisk : IDisposable
{
    /// <summary>Numbers of the segments, ascending.</summary>
    IReadOnlyList<long> List();

    /// <summary>Opens for reading and writing.</summary>
    ISpoolSegment Open(long segment);

    /// <summary>Creates it empty, over what an earlier failed attempt may have left, and makes its name durable.</summary>
    ISpoolSegment Create(long segment);

    /// <summary>Size in bytes; 0 when it is gone.</summary>
    long LengthOf(long segment);

    void Delete(long segment);

    /// <summary>Renames a damaged segment out of the way, for a person to look at.</summary>
    void SetAside(long segment);
}
