namespace Assay.Events;

/// <summary>What is on disk and not yet in the store.</summary>
/// <param name="Events">Null until the store's position is known.</param>
/// <param name="Bytes">Size of the spool's files.</param>
public sealed record SpoolLag(long? Events, long Bytes);
