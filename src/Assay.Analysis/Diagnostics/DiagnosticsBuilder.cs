using System.Collections.Immutable;
using Assay.Events;
using Assay.Experiments;

namespace Assay.Analysis;

/// <summary>From moments to diagnostics. What was not read is empty.</summary>
internal static class DiagnosticsBuilder
{
    /// <param name="experiment">The definition.</param>
    /// <param name="moments">With or without <see cref="ExperimentMoments.Diagnostics"/>.</param>
    /// <param name="arms">Units per arm in the definition's order.</param>
    /// <param name="isFinal">Whether this is the planned end: then one-look tests apply, before it always-valid ones.</param>
    public static DiagnosticsReport Build(Experiment experiment, ExperimentMoments moments, ImmutableArray<ArmUnits> arms, bool isFinal)
    {
        var read = moments.Diagnostics ?? new DiagnosticMoments();
        var effects = new GroupEffects(experiment);
        ImmutableArray<MetricDays> days = read.Arrivals.IsEmpty ? read.Days : [.. read.Days, .. DayTrends.WithoutDays(experiment, read.Days)];
        return new DiagnosticsReport
        {
            Srm = SampleRatios.Running(experiment, arms, read.Arrivals, isFinal),
            Mixes = SampleRatios.Mixes(experiment, moments.Segments, read, isFinal),
            Simpson = SegmentChecks.Simpson(experiment, moments.Segments),
            Heterogeneity = SegmentChecks.Heterogeneity(experiment, moments.Segments, effects),
            DaysSinceExposure = DayTrends.SinceExposure(experiment, days),
            CalendarDays = DayTrends.Calendar(experiment, days, effects),
            Outliers = Outliers.Of(experiment, moments.Metrics, read.Tails),
            Filters = AssignmentRows.Filters(experiment, read.Filters),
            Overlaps = AssignmentRows.Overlaps(experiment, read.Overlaps),
            MultipleExposures = AssignmentRows.MultipleExposures(arms),
        };
    }
}
