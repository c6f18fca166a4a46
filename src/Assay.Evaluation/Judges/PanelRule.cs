namespace Assay.Evaluation;

/// <summary>How several judges become one score.</summary>
public enum PanelRule
{
    /// <summary>Every judge's row is kept; comparing takes the mean over judges.</summary>
    Mean,

    /// <summary>The majority's verdict, or the median score; without a majority a tie.</summary>
    Vote,
}
