namespace Assay.Experiments;

/// <summary>The outcome of filling a template: exactly one of the two is null.</summary>
/// <param name="Text">The filled text.</param>
/// <param name="MissingVariable">The first variable without a value.</param>
public sealed record TemplateResult(string? Text, string? MissingVariable);
