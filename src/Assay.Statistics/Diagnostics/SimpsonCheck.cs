namespace Assay.Statistics;

/// <summary>The pooled difference beside those within segments.</summary>
/// <param name="Aggregate">Treatment − control over all units.</param>
/// <param name="WithinSegments">The same within each segment, in the order given; null where an arm has no units (or no denominator) there.</param>
/// <param name="Standardised">The difference if both arms had the mix of all units together; null when a segment with units lacks one arm.</param>
/// <param name="IsReversed">True when at least two segments can be compared, all of them agree on the winner, and the aggregate names the other one.</param>
/// <param name="ControlMix">Share of the control's units in each segment.</param>
/// <param name="TreatmentMix">The same for the treatment.</param>
/// <param name="MixPValue">Of the two mixes being one, by chi-square: random assignment makes them so.</param>
public sealed record SimpsonCheck(
    double Aggregate, IReadOnlyList<double?> WithinSegments, double? Standardised, bool IsReversed,
    IReadOnlyList<double> ControlMix, IReadOnlyList<double> TreatmentMix, Estimated<double> MixPValue);
