namespace Assay.Experiments;

/// <summary>One rung of the ladder, as declared.</summary>
/// <param name="Stage">offline, shadow, canary or ab.</param>
/// <param name="Exposure">Share of the audience that is exposed in this stage; null for the stages without exposure.</param>
/// <param name="For">How long; null when not by time.</param>
/// <param name="Skip">Why the stage is left out; null when it is not.</param>
/// <param name="Suite">Of offline: the suite's file.</param>
/// <param name="Sample">Of shadow: share of the requests that are mirrored.</param>
/// <param name="Until">Of ab: <c>planned</c>.</param>
public sealed record RolloutStage(string Stage, double? Exposure, TimeSpan? For, string? Skip, string? Suite, double? Sample, string? Until);
