using System.Collections.Immutable;

namespace Assay.Evaluation.Tests.Checks;

/// <summary>Known vectors by text; a text without one makes the call fail.</summary>
internal sealed class FakeEmbedder(Dictionary<string, float[]> vectors) : IEmbedder
{
    public Task<(ImmutableArray<float[]>? Vectors, string? Detail)> EmbedAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken = default) =>
        Task.FromResult(texts.FirstOrDefault(t => !vectors.ContainsKey(t)) is { } unknown
            ? ((ImmutableArray<float[]>?)null, (string?)$"503 for '{unknown}'")
            : ([.. texts.Select(t => vectors[t])], null));
}
