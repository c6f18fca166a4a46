namespace Assay.Events;

/// <summary>Who did what to which experiment, and why.</summary>
public sealed record AuditEntry(DateTimeOffset Timestamp, string Actor, string Action, string Experiment, int Version, string? Reason);
