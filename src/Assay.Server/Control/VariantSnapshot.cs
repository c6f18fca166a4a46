namespace Assay.Server;

/// <summary>A variant as the control API shows it.</summary>
public sealed record VariantSnapshot(string Key, double Weight, string? Upstream, string? Model, string? PromptVersion);
