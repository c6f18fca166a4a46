namespace Assay.Experiments;

/// <summary>What serves a model name outside any experiment.</summary>
public sealed record Route(string Name, string Upstream, string? Model);
