namespace Assay.Analysis;

/// <summary>One group's units.</summary>
/// <param name="Value">Null for units without the attribute.</param>
/// <param name="Units">Per variant, before any exclusion.</param>
/// <param name="Shares">Of the variant's units that are in this group; null for an empty variant.</param>
/// <param name="PValue">Of the group being split as the weights promise; null without units.</param>
/// <param name="AdjustedPValue">Over the groups of all mixes of this kind, by Holm.</param>
public sealed record MixGroup(
    string? Value, IReadOnlyDictionary<string, long> Units, IReadOnlyDictionary<string, double?> Shares, double? PValue, double? AdjustedPValue);
