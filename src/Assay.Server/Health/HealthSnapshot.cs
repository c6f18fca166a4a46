using System.Collections.Immutable;

namespace Assay.Server;

/// <summary>What /readyz says: whether the server can serve, and what cannot.</summary>
/// <param name="Status">ready; degraded: some routes cannot be served or some events must wait, the others are not affected; not-ready: the event store does not take events.</param>
/// <param name="Problems">In words; empty when ready.</param>
/// <param name="SpoolLagEvents">Acknowledged events that are not yet in the event store; null until that is known.</param>
public sealed record HealthSnapshot(string Status, ImmutableArray<string> Problems, long? SpoolLagEvents);
