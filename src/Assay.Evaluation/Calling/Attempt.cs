namespace Assay.Evaluation;

/// <summary>What one try gave.</summary>
/// <param name="Outcome">An answer or a failure.</param>
/// <param name="MayRetry">Whether another try may help.</param>
/// <param name="RetryAfter">How long the endpoint asks to wait; null: it does not say.</param>
/// <param name="MayHaveCost">A failure after which the endpoint may send a bill all the same: it was still at work.</param>
internal sealed record Attempt(CallOutcome Outcome, bool MayRetry = false, TimeSpan? RetryAfter = null, bool MayHaveCost = false);
