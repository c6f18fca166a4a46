using System.Collections.Immutable;

namespace Assay.Evaluation;

/// <summary>The port to a model that gives a vector for every token in its context, which BERTScore needs.</summary>
public interface ITokenEmbedder
{
    /// <summary>For each text the vectors of its tokens, in order, special tokens left out, all of one length; null when the model failed (the detail says why).</summary>
    Task<(ImmutableArray<ImmutableArray<float[]>>? Vectors, string? Detail)> EmbedTokensAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken = default);
}
