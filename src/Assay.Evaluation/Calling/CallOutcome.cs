namespace Assay.Evaluation;

/// <summary>What became of a call: an answer, or why there is none.</summary>
/// <param name="Answer">Null when it failed.</param>
/// <param name="Failure">Null when it was answered.</param>
/// <param name="Detail">For people: status and message of the last try.</param>
public sealed record CallOutcome(Answer? Answer, CallFailure? Failure, string? Detail)
{
    public static CallOutcome Of(Answer answer) => new(answer, null, null);
    public static CallOutcome Failed(CallFailure failure, string detail) => new(null, failure, detail);
}
