namespace Assay.Events;

/// <summary>Which of two answers won.</summary>
/// <param name="Winner">A, B or TIE.</param>
/// <param name="A">Generation id of A.</param>
/// <param name="B">Generation id of B.</param>
/// <param name="ShownFirst">A or B; null when unknown.</param>
public sealed record PairwiseVerdict(string Winner, string? A, string? B, string? ShownFirst);
