namespace Assay.Evaluation;

/// <summary>Why a declared check cannot be made.</summary>
/// <param name="Argument">The argument at fault; null when it is the check's name or what the run lacks.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Hint">What to do; null when the message says it.</param>
public sealed record CheckProblem(string? Argument, string Message, string? Hint = null)
{
    public override string ToString() => Hint is null ? Message : $"{Message}; {Hint}";
}
