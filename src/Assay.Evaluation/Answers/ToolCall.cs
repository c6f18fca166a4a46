namespace Assay.Evaluation;

/// <summary>A tool that the model asked for.</summary>
/// <param name="Name">Of the function.</param>
/// <param name="Arguments">JSON text as the model wrote it; may be broken.</param>
public sealed record ToolCall(string Name, string Arguments);
