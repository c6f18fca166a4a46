namespace Assay.Evaluation;

/// <summary>One field; null: the variant does not set it.</summary>
public sealed record FieldDifference(string Field, string? Control, string? Treatment);
