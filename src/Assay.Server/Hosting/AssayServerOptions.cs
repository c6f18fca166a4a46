namespace Assay.Server;

/// <summary>What `assay serve` is told.</summary>
public sealed record AssayServerOptions
{
    /// <summary>Folder of the stores and the spool; made when missing.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Addresses to listen on, separated by semicolons.</summary>
    public string Urls { get; init; } = "http://127.0.0.1:7070";

    /// <summary>Folder with definition files (*.yaml, *.yml, *.json) to register at start; null for none.</summary>
    public string? DefinitionsFolder { get; init; }

    /// <summary>Reads an environment variable; replaced in tests.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>True keeps the log to warnings.</summary>
    public bool Quiet { get; init; }
}
