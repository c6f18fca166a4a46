using System.Globalization;

namespace Assay.Experiments;

/// <summary>What was known of a unit before its first exposure and may reduce variance: an attribute, or a metric over a time before.</summary>
public sealed record Covariate(string? Attribute, string? Metric, TimeSpan? Before)
{
    /// <summary>The metric that <see cref="Metric"/> names; null for an attribute.</summary>
    public Metric? Definition { get; init; }

    /// <summary>As reports name it: "past", "resolution in the 14 days before".</summary>
    public string Name => Attribute ?? string.Create(CultureInfo.InvariantCulture, $"{Metric} in the {Before?.TotalDays ?? 0:0.##} days before");
}
