using System.Collections.Immutable;

namespace Assay.Evaluation.Promptfoo;

/// <summary>One prompt of a configuration.</summary>
/// <param name="Label">As it was given, or prompt-1, prompt-2, …</param>
/// <param name="Id">What providers may name it by besides: its id, file or text.</param>
internal sealed record PromptfooPrompt(string Label, string Id, ImmutableArray<ChatTurn> Turns);
