namespace Assay.Evaluation;

/// <summary>Why a call gave no answer, after all tries.</summary>
public enum CallFailure
{
    Unreachable,
    TimedOut,
    RateLimited,
    Refused,
    UpstreamError,
    NotUnderstood,

    /// <summary>Not made: it might have cost more than <c>--max-cost</c> leaves.</summary>
    OverBudget,

    /// <summary>Not made: the run was stopped before.</summary>
    Stopped,
}
