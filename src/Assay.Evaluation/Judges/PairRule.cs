namespace Assay.Evaluation;

/// <summary>Which answers to a case a pairwise judge compares.</summary>
public enum PairRule
{
    /// <summary>Each treatment's with the control's.</summary>
    Control,

    /// <summary>Each with each: the round from which ratings come.</summary>
    Round,
}
