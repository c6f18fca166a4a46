using Assay.Events;
using Assay.Experiments;

namespace Assay.Gateway;

/// <summary>A unit's arm in one experiment: what it counts to, and what is served for it.</summary>
internal sealed class AssignedVariant(ServedExperiment experiment, AssignmentDecision decision, string unit, UnitIds ids)
{
    public ServedExperiment Experiment { get; } = experiment;
    public AssignmentDecision Decision { get; } = decision;
    public string Unit { get; } = unit;
    public UnitIds Ids { get; } = ids;
    public string ExposureId { get; } = Events.ExposureId.For(experiment.Key, experiment.Version, unit);
    public VariantOverlay Overlay => Experiment.Overlays[Decision.VariantIndex];
    public string Variant => Overlay.Variant.Key;

    /// <summary>Set when the control is served in the variant's place; the arm stays the assigned one.</summary>
    public bool ServesControl { get; set; }

    public string Reason { get; set; } = Reasons.Assigned;

    /// <summary>False when the exposure could not be made durable: the unit is then not counted by this request.</summary>
    public bool IsExposed { get; set; } = true;
}
