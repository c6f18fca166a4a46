namespace Assay.Evaluation;

/// <summary>What BLEU counts.</summary>
public enum BleuTokens
{
    /// <summary>mteval-v13a: case kept, ASCII punctuation apart, a point or comma between digits not. For languages that put spaces between words.</summary>
    Mteval13a,

    /// <summary>Whatever stands between white space: for texts that are tokenised already.</summary>
    Whitespace,

    /// <summary>Code points without white space: for Chinese, Japanese, Thai.</summary>
    Characters,
}
