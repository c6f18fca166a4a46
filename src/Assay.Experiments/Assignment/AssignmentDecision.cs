namespace Assay.Experiments;

/// <summary>What the assigner decided for one unit. A plain value: nothing is allocated per decision.</summary>
/// <param name="VariantIndex">Index into <see cref="Experiment.Variants"/>; -1 when the unit is not in the experiment.</param>
/// <param name="Bucket">The variant bucket, in [0, 1); NaN-free: -1 when no bucket was computed.</param>
/// <param name="Propensity">Probability with which an eligible unit gets this variant (exposure × width of its ranges); 0 without a variant.</param>
/// <param name="Reason">Why.</param>
public readonly record struct AssignmentDecision(int VariantIndex, double Bucket, double Propensity, AssignmentReason Reason)
{
    public bool IsAssigned => VariantIndex >= 0;
}
