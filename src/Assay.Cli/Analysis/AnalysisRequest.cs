namespace Assay.Cli.Analysis;

/// <summary>What the user asked <c>assay analyze</c> for.</summary>
internal sealed record AnalysisRequest
{
    /// <summary>Definition file, or the key of an experiment on the server; null for an analysis from options alone.</summary>
    public string? Definition { get; init; }

    public IReadOnlyList<string> Data { get; init; } = [];
    public string? Unit { get; init; }
    public string? Variant { get; init; }
    public string? Control { get; init; }
    public IReadOnlyList<string> Metrics { get; init; } = [];
    public IReadOnlyList<string> Segments { get; init; } = [];
    public IReadOnlyList<string> Ids { get; init; } = [];
    public string? Weights { get; init; }
    public double? Alpha { get; init; }
    public double? MinimumEffect { get; init; }
    public bool IsFinal { get; init; }

    public bool HasColumnOptions => Unit is not null || Variant is not null || Control is not null || Metrics.Count > 0 || Segments.Count > 0 || Ids.Count > 0 || Weights is not null || Alpha is not null || MinimumEffect is not null;
}
