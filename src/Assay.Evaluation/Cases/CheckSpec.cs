using System.Text.Json;

namespace Assay.Evaluation;

/// <summary>A check as it was declared, not yet made.</summary>
public sealed record CheckSpec
{
    /// <summary>Its name without <c>not-</c>: contains, regex, is-json, ….</summary>
    public required string Type { get; init; }

    /// <summary>True when it was written with <c>not-</c>: pass and fail change places.</summary>
    public bool IsNegated { get; init; }

    /// <summary>Share in the case's weighted score; at least 0.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>The metric it is reported under; null: the name as written.</summary>
    public string? Metric { get; init; }

    /// <summary>Everything else that was declared, as an object: value, threshold, ….</summary>
    public required JsonElement Arguments { get; init; }

    /// <summary>Where it stands, for messages: "golden/support.jsonl:3".</summary>
    public string? Place { get; init; }

    public string MetricName => Metric ?? (IsNegated ? "not-" : "") + Type;
}
