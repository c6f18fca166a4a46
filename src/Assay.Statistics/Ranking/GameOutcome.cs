namespace Assay.Statistics;

/// <summary>How a comparison of two players ended.</summary>
public enum GameOutcome
{
    /// <summary>The left (first shown) player won.</summary>
    LeftWins,

    /// <summary>The right (second shown) player won.</summary>
    RightWins,

    /// <summary>Neither won.</summary>
    Tie,
}
