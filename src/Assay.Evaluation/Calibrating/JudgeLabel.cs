namespace Assay.Evaluation;

/// <summary>One item that both a human and the judge labelled.</summary>
/// <param name="Item">Id or text.</param>
/// <param name="Human">A, B, TIE, or any category or score.</param>
/// <param name="Judge">The same scale.</param>
/// <param name="ShownFirst">A or B: which answer the judge saw first; null when not recorded.</param>
/// <param name="LengthA">Characters of answer A; null when not recorded.</param>
/// <param name="LengthB">The same of B.</param>
/// <param name="Line">1-based line of the file.</param>
public sealed record JudgeLabel(string Item, string Human, string Judge, string? ShownFirst, double? LengthA, double? LengthB, int Line);
