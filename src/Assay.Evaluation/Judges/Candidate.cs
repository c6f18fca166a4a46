namespace Assay.Evaluation;

/// <summary>A variant's answer to a case.</summary>
/// <param name="Variant">Its key.</param>
/// <param name="Answer">Null when the variant gave none: its scores are then missing.</param>
public sealed record Candidate(string Variant, Answer? Answer);
