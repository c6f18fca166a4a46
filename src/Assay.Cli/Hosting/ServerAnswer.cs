namespace Assay.Cli;

/// <summary>What the server said.</summary>
/// <param name="Json">The body.</param>
/// <param name="Error">In words, when it refused or was not there; else null.</param>
/// <param name="Code">The exit code that this means.</param>
internal sealed record ServerAnswer(string Json, string? Error, int Code);
