namespace Assay.Statistics;

/// <summary>Off-policy estimates from one log.</summary>
/// <param name="Ips">Inverse propensity scores: unbiased, wide.</param>
/// <param name="Snips">Self-normalised: a little bias, less spread; the one to read. Not estimable when no logged action is one of the target's.</param>
/// <param name="DoublyRobust">With a reward model; null when none was given.</param>
/// <param name="EffectiveSampleSize">(Σw)² / Σw².</param>
/// <param name="Events">Logged events.</param>
/// <param name="Warning">Why not to trust the numbers, in plain words; null when the effective sample is large enough.</param>
public sealed record OffPolicyResult(
    Estimated<OffPolicyEstimate> Ips, Estimated<OffPolicyEstimate> Snips, Estimated<OffPolicyEstimate>? DoublyRobust,
    double EffectiveSampleSize, int Events, string? Warning);
