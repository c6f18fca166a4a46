namespace Assay.Statistics;

/// <summary>A log replayed under another policy.</summary>
/// <param name="Accepted">Events that the policy would have had and learnt from.</param>
/// <param name="Capped">Events that should have been accepted more than once, and were once; above 0 the rejection estimate leans towards the logging policy.</param>
/// <param name="Rejection">Mean reward of the accepted events.</param>
/// <param name="OffPolicy">All events, weighted by the share that the policy, having learnt from what was accepted so far, gave the logged arm.
/// The reward model of the doubly robust estimate is each arm's mean over earlier events.</param>
/// <param name="Warning">Why not to trust the numbers, in plain words; null when enough is there.</param>
public sealed record ReplayResult(
    int Accepted, int Capped, Estimated<OffPolicyEstimate> Rejection, Estimated<OffPolicyResult> OffPolicy, string? Warning);
