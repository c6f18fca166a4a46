namespace Assay.Evaluation;

/// <summary>An earlier run of the same content.</summary>
/// <param name="RunId">Its folder.</param>
/// <param name="FinishedAt">When.</param>
/// <param name="Outcome">pass, fail, inconclusive, invalid, or none (no policy).</param>
/// <param name="Repeats">How many answers per case.</param>
/// <param name="SuiteHash">With its policy: another one was asked when it differs.</param>
public sealed record EarlierRun(string RunId, DateTimeOffset FinishedAt, string Outcome, int Repeats, string SuiteHash);
