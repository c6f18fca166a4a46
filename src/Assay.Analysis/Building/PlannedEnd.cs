using Assay.Experiments;

namespace Assay.Analysis;

/// <summary>Whether the planned end is reached.</summary>
internal static class PlannedEnd
{
    public static bool IsReached(Experiment experiment, ReportOptions options, long? plannedUnits, long maturedUnits, DateTimeOffset? dataUntil)
    {
        if (options.IsFinal) return true;
        if (experiment.Plan.MinimumDays > 0 && options.StartedAt is { } start && dataUntil is { } until && until - start < TimeSpan.FromDays(experiment.Plan.MinimumDays)) return false;
        // Without a window nobody can tell whether the silence of a unit is its answer; only stopping does.
        if (options.IsLive && experiment.MetricsOf(MetricRole.Primary).Any(m => m.Metric is { Window: null, IsMeasuredAtOnce: false })) return false;
        if (plannedUnits is { } planned) return maturedUnits >= planned;
        return experiment.Plan.Looks.Length <= 1 && !options.IsLive;
    }
}
