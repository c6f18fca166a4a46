using System.Collections.Immutable;

namespace Assay.Analysis;

/// <summary>The pooled difference beside those within segments.</summary>
/// <param name="Attribute">The segments'.</param>
/// <param name="Metric">A primary.</param>
/// <param name="Variant">The treatment.</param>
/// <param name="Aggregate">Treatment − control over all units.</param>
/// <param name="Standardised">The same if both arms had the mix of all units together; null when an arm is missing in a segment.</param>
/// <param name="Reversed">True when all segments agree on one winner and the aggregate names the other.</param>
/// <param name="MixPValue">Of these two arms having one mix; null when it cannot be tested.</param>
/// <param name="Segments">Values and shares within each.</param>
public sealed record SimpsonRow(
    string Attribute, string Metric, string Variant, double Aggregate, double? Standardised, bool Reversed, double? MixPValue,
    ImmutableArray<SimpsonSegment> Segments);
