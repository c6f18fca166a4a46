using System.Collections.Immutable;

namespace Assay.Events;

/// <summary>What became of a batch. Accepted events are on disk when this is returned.</summary>
/// <param name="Accepted">Stored now.</param>
/// <param name="Duplicates">Stored before, under the same id with the same content.</param>
/// <param name="Rejected">In the order of the batch.</param>
public sealed record IntakeResult(int Accepted, int Duplicates, ImmutableArray<RejectedEvent> Rejected);
