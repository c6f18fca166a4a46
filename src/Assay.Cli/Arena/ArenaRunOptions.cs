namespace Assay.Cli.Arena;

/// <summary>What <c>assay arena run</c> was asked for.</summary>
internal sealed record ArenaRunOptions
{
    public required string Suite { get; init; }
    public required string Folder { get; init; }
    public int? Repeat { get; init; }
    public int? Limit { get; init; }
    public double? MaxCostUsd { get; init; }
    public string[] Variants { get; init; } = [];
    public bool DryRun { get; init; }
    public bool AsJson { get; init; }
    public string? JUnit { get; init; }
    public string? Html { get; init; }
    public string? Markdown { get; init; }
    public string? Csv { get; init; }
    public string? Jsonl { get; init; }
}
