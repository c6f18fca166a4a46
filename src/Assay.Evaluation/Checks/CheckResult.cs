namespace Assay.Evaluation;

/// <summary>What a check found.</summary>
/// <param name="Status">Only Scored has a value.</param>
/// <param name="Value">In [0, 1] for checks and similarities; a rubric's own scale for judges; null unless scored.</param>
/// <param name="Passed">Null where there is no threshold.</param>
/// <param name="Reason">For people: why it failed, what was missing.</param>
public sealed record CheckResult(ScoreStatus Status, double? Value, bool? Passed, string? Reason)
{
    public static CheckResult Pass(string? reason = null) => new(ScoreStatus.Scored, 1, true, reason);
    public static CheckResult Fail(string reason) => new(ScoreStatus.Scored, 0, false, reason);
    public static CheckResult Score(double value, bool? passed = null, string? reason = null) => new(ScoreStatus.Scored, value, passed, reason);
    public static CheckResult Missing(string reason) => new(ScoreStatus.Missing, null, null, reason);
    public static CheckResult Error(string reason) => new(ScoreStatus.Error, null, null, reason);
}
