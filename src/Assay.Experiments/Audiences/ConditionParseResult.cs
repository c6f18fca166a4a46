namespace Assay.Experiments;

/// <summary>A condition, or what is wrong with its text.</summary>
/// <param name="Condition">Null when there is a problem.</param>
/// <param name="Problem">Null when there is none.</param>
/// <param name="Column">1-based position of the problem; 0 when there is none.</param>
public sealed record ConditionParseResult(AudienceCondition? Condition, string? Problem, int Column);
