using System.Collections.Immutable;

namespace Assay.Evaluation;

/// <summary>The port to an embedding model.</summary>
public interface IEmbedder
{
    /// <summary>One vector per text, all of one length; null when the endpoint failed (the detail says why).</summary>
    Task<(ImmutableArray<float[]>? Vectors, string? Detail)> EmbedAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken = default);
}
