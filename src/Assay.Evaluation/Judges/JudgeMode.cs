namespace Assay.Evaluation;

/// <summary>What a judge is asked for.</summary>
public enum JudgeMode
{
    /// <summary>Scores of one answer on the rubric's axes.</summary>
    Score,

    /// <summary>Which of two answers is better: A, B or TIE, with an explanation.</summary>
    Pairwise,

    /// <summary>The share of the answer's claims that the context supports.</summary>
    Faithfulness,

    /// <summary>The share of the answer's statements that bear on the question.</summary>
    AnswerRelevance,

    /// <summary>Whether the documents that were needed stand before those that were not (average precision).</summary>
    ContextPrecision,

    /// <summary>The share of the reference answer's statements that the context holds.</summary>
    ContextRecall,

    /// <summary>The share of the case's own criteria that the answer meets.</summary>
    Criteria,
}
