using System.Collections.Immutable;

namespace Assay.Evaluation;

/// <summary>Stands in while a suite is read: that there will be vectors is known then; who gives them comes with the run.</summary>
internal sealed class PromisedEmbedder : IEmbedder
{
    public static PromisedEmbedder Instance { get; } = new();

    public Task<(ImmutableArray<float[]>? Vectors, string? Detail)> EmbedAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken = default) =>
        Task.FromResult<(ImmutableArray<float[]>?, string?)>((null, "no embedding endpoint is connected"));
}
