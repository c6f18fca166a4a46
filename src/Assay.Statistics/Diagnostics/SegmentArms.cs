namespace Assay.Statistics;

/// <summary>One segment's arms, for a look at their mix.</summary>
/// <param name="ControlUnits">Units of the control in the segment; 0 or more.</param>
/// <param name="ControlMean">Mean of their values (numerators of a ratio); read only when there are units.</param>
/// <param name="TreatmentUnits">The same for the treatment.</param>
/// <param name="TreatmentMean">The same for the treatment.</param>
/// <param name="ControlDenominator">Mean of a ratio's denominators; 1 for means and shares.</param>
/// <param name="TreatmentDenominator">The same for the treatment.</param>
public readonly record struct SegmentArms(
    long ControlUnits, double ControlMean, long TreatmentUnits, double TreatmentMean, double ControlDenominator = 1, double TreatmentDenominator = 1);
