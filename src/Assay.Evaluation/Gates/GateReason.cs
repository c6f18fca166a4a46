namespace Assay.Evaluation;

/// <summary>One thing that the policy asks, and what was found.</summary>
/// <param name="Code">Stable name: non-inferiority, win-rate, must-pass, cost, latency, errors, missing, judge, data.</param>
/// <param name="Outcome">Of this thing alone.</param>
/// <param name="Treatment">Null: the run as a whole.</param>
/// <param name="Metric">Null where it is about none.</param>
/// <param name="Text">In words, with the numbers.</param>
public sealed record GateReason(string Code, GateOutcome Outcome, string? Treatment, string? Metric, string Text);
