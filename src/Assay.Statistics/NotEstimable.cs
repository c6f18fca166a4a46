namespace Assay.Statistics;

/// <summary>Why a result could not be computed, in words a user can act on ("both arms have 0 successes").</summary>
public readonly record struct NotEstimable(string Reason);
