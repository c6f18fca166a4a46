using System.Collections.Immutable;
using System.Text.Json;

namespace Assay.Experiments;

/// <summary>One way of serving the feature. What is null is left as the request or the route has it.</summary>
public sealed record Variant
{
    public required string Key { get; init; }

    /// <summary>Share of the exposed units, in [0, 1]; the weights of all variants sum to 1.</summary>
    public required double Weight { get; init; }

    /// <summary>The buckets of this variant at full exposure, sorted, half open, never overlapping another variant's.</summary>
    public required ImmutableArray<BucketRange> Ranges { get; init; }

    public string? Upstream { get; init; }
    public string? Model { get; init; }
    public SystemPrompt? System { get; init; }
    public string? PromptVersion { get; init; }

    /// <summary>Body fields to set on the request, in ordinal order of their names.</summary>
    public ImmutableSortedDictionary<string, JsonElement> Parameters { get; init; } = ImmutableSortedDictionary<string, JsonElement>.Empty;

    /// <summary>The <c>tools</c> array of the request, already read from its file.</summary>
    public JsonElement? Tools { get; init; }

    /// <summary>Opaque to Assay; handed to the application.</summary>
    public JsonElement? Config { get; init; }
}
