using System.Collections.Immutable;

namespace Assay.Evaluation;

/// <summary>An application that is started once per case, with <c>{"id","input","messages","vars","context"}</c> on stdin; stdout is its answer.</summary>
/// <param name="Arguments">The program and its arguments; no shell is involved.</param>
public sealed record CommandApplication(ImmutableArray<string> Arguments)
{
    /// <summary>True: the filled prompt, <c>{}</c> and <c>{"vars": …}</c> follow as further arguments, as promptfoo calls its exec providers.</summary>
    public bool TakesPrompt { get; init; }
}
