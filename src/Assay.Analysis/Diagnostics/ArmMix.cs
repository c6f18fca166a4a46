using System.Collections.Immutable;

namespace Assay.Analysis;

/// <summary>How the units of each arm spread over groups.</summary>
/// <param name="Kind">segment, source or entry-day.</param>
/// <param name="Attribute">What tells the groups apart.</param>
/// <param name="Groups">In order; each against the weights.</param>
/// <param name="MixPValue">Of all arms having the same mix, good for one look; null when it cannot be tested.</param>
public sealed record ArmMix(string Kind, string Attribute, ImmutableArray<MixGroup> Groups, double? MixPValue);
