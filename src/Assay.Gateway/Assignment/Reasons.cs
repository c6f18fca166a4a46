using Assay.Experiments;

namespace Assay.Gateway;

/// <summary>Reasons as the contract spells them.</summary>
internal static class Reasons
{
    public const string Assigned = "assigned";
    public const string MissingVariable = "missing-variable";
    public const string Error = "error";
    public const string SpoolUnavailable = "error: spool-unavailable";
    public const string ExposureNotRecorded = "error: exposure-not-recorded";

    public static string Of(AssignmentReason reason) => reason switch
    {
        AssignmentReason.Assigned => Assigned,
        AssignmentReason.Sticky => "sticky",
        AssignmentReason.Forced => "forced",
        AssignmentReason.Holdout => "holdout",
        AssignmentReason.NotExposed => "not-exposed",
        AssignmentReason.NotInAudience => "not-in-audience",
        AssignmentReason.ExcludedByLayer => "excluded-by-layer",
        AssignmentReason.NotRunning => "not-running",
        AssignmentReason.NoUnit => "no-unit",
        AssignmentReason.MissingVariable => MissingVariable,
        _ => Error,
    };
}
