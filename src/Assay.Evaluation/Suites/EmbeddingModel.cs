namespace Assay.Evaluation;

/// <summary>Where embeddings come from.</summary>
/// <param name="Upstream">Name of a declared upstream.</param>
/// <param name="Model">As the upstream calls it.</param>
public sealed record EmbeddingModel(string Upstream, string Model);
