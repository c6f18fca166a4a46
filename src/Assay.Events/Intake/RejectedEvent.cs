namespace Assay.Events;

/// <summary>An event of a batch that was refused.</summary>
/// <param name="Index">Its place in the batch, from 0 (of NDJSON: among the lines that are not blank).</param>
/// <param name="Reason">Why; <c>conflict</c> for an id that was used before with other content.</param>
public sealed record RejectedEvent(int Index, string Reason);
