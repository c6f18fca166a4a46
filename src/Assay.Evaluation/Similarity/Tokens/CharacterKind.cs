namespace Assay.Evaluation.Similarity;

internal enum CharacterKind
{
    /// <summary>White space, punctuation, symbols.</summary>
    Other,

    /// <summary>Letters, digits and the marks on them.</summary>
    Word,

    /// <summary>Ideographs and kana, which are written without spaces.</summary>
    Ideograph,
}
