namespace Assay.Experiments;

/// <summary>Who is eligible: a condition over attributes and a slice of a layer.</summary>
/// <param name="Where">Source text of the condition; null admits everybody. Compiled by <c>AudienceCondition</c>.</param>
/// <param name="Layer">Experiments in one layer share its hash, so that disjoint slices exclude each other; null for none.</param>
/// <param name="LayerRange">The slice of the layer.</param>
public sealed record Audience(string? Where, string? Layer, BucketRange LayerRange)
{
    public static Audience Everyone { get; } = new(null, null, new BucketRange(0, 1));
}
