namespace Assay.Experiments;

/// <summary>How a variant changes the system message.</summary>
/// <param name="Text">The text itself, already read from its file; may hold <c>{{name}}</c> placeholders.</param>
/// <param name="Mode">What happens to a system message that the request brings.</param>
/// <param name="File">Where the text was read from, for messages; null for inline text.</param>
public sealed record SystemPrompt(string Text, SystemPromptMode Mode, string? File = null);
