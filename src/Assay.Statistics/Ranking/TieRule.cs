namespace Assay.Statistics;

/// <summary>What a tie says.</summary>
public enum TieRule
{
    /// <summary>Davidson's model: ties are an outcome of their own, likelier between equals.</summary>
    Davidson,

    /// <summary>Half a win for each, as FastChat counts.</summary>
    HalfWins,
}
