namespace Assay.Cli;

/// <summary>The command was used wrongly, in a way that only running it could tell; ends in exit code 2.</summary>
public sealed class UsageException : Exception
{
    public UsageException() { }
    public UsageException(string message) : base(message) { }
    public UsageException(string message, Exception inner) : base(message, inner) { }
    public UsageException(string message, string? hint) : base(hint is null ? message : $"{message}; {hint}") { }
}
