namespace Assay.Experiments;

/// <summary>Why a unit got the variant it got, or none.</summary>
public enum AssignmentReason
{
    Assigned, Sticky, Forced, Holdout, NotExposed, NotInAudience, ExcludedByLayer, NotRunning, NoUnit, MissingVariable, Error,
}
