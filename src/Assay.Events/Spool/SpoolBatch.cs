namespace Assay.Events;

/// <summary>Events read from the spool, in the order of their appending.</summary>
/// <param name="Events">Empty when nothing durable lies after the position asked for.</param>
/// <param name="Next">Where reading goes on; to be stored with the events.</param>
public sealed record SpoolBatch(IReadOnlyList<AssayEvent> Events, SpoolPosition Next);
