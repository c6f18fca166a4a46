namespace Assay.Evaluation.Checks;

/// <summary>A tool call as a suite wants it.</summary>
/// <param name="Arguments">Null: any.</param>
internal sealed record ExpectedCall(string Name, JsonTemplate? Arguments);
