namespace Assay.Evaluation;

/// <summary>Whether there is a score.</summary>
public enum ScoreStatus
{
    Scored,

    /// <summary>What the score needs is not there: no reference, no context, no answer.</summary>
    Missing,

    /// <summary>The instrument failed: a judge that answered nonsense, a command that broke.</summary>
    Error,
}
