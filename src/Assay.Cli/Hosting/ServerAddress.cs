using System.CommandLine;

namespace Assay.Cli;

/// <summary>Which running server a command talks to: <c>--server</c>, else <c>ASSAY_URL</c>, else the default address.</summary>
internal static class ServerAddress
{
    public const string Default = "http://127.0.0.1:7070";

    public static Option<string?> CreateOption() => new("--server") { Description = $"Address of the running server (default: ASSAY_URL, else {Default})" };

    /// <exception cref="UsageException">The address is not an absolute http(s) URL.</exception>
    public static Uri Resolve(string? option)
    {
        var text = option ?? Environment.GetEnvironmentVariable("ASSAY_URL") ?? Default;
        return Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? uri!
            : throw new UsageException($"'{text}' is not an http address", "give something like http://127.0.0.1:7070");
    }
}
