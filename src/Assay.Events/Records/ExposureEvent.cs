namespace Assay.Events;

/// <summary>A unit met a variant. One per unit × experiment version; recorded again it is the same event.</summary>
public sealed record ExposureEvent : AssayEvent
{
    public required int Version { get; init; }
    public required string Unit { get; init; }
    public required string Variant { get; init; }

    /// <summary>Variant bucket in [0, 1); null when an application that assigns by itself did not say.</summary>
    public required double? Bucket { get; init; }

    /// <summary>Probability with which an eligible unit gets this variant; null when an application that assigns by itself did not say.</summary>
    public required double? Propensity { get; init; }

    /// <summary>As in the contract, kebab-case: assigned, sticky, missing-variable, error, ….</summary>
    public required string Reason { get; init; }

    public UnitIds Ids { get; init; } = UnitIds.None;
}
