using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Assay.Evaluation;

/// <summary>Embeddings from any OpenAI-compatible <c>/embeddings</c>, with the caller's limits and retries; each text is asked for once per run.</summary>
public sealed class EmbeddingCaller(ModelCaller caller, EmbeddingModel model) : IEmbedder
{
    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, float[]> known = new(StringComparer.Ordinal);

    public async Task<(ImmutableArray<float[]>? Vectors, string? Detail)> EmbedAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var wanted = texts.Where(t => !known.ContainsKey(t)).Distinct(StringComparer.Ordinal).ToList();
        if (wanted.Count > 0)
        {
            var body = new JsonObject { ["model"] = model.Model, ["input"] = new JsonArray([.. wanted.Select(t => JsonValue.Create(t))]) };
            var (json, detail) = await caller.PostAsync(model.Upstream, "/embeddings", Encoding.UTF8.GetBytes(body.ToJsonString()), cancellationToken);
            if (json is null) return (null, detail);
            if (Read(json, wanted.Count) is not { } vectors) return (null, "the answer is not a list of embeddings, one for each text");
            for (var i = 0; i < wanted.Count; i++) known[wanted[i]] = vectors[i];
        }
        return ([.. texts.Select(t => known[t])], null);
    }

    private static float[][]? Read(byte[] json, int count)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            if (!document.RootElement.TryGetProperty("data", out var data) || data.GetArrayLength() != count) return null;
            var vectors = new float[count][];
            foreach (var (position, item) in data.EnumerateArray().Index())
            {
                var index = item.TryGetProperty("index", out var given) ? given.GetInt32() : position;
                vectors[index] = [.. item.GetProperty("embedding").EnumerateArray().Select(v => v.GetSingle())];
            }
            return Array.Exists(vectors, v => v is null || v.Length == 0 || v.Length != vectors[0].Length) ? null : vectors;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or IndexOutOfRangeException)
        {
            return null;
        }
    }
}
