using Assay.Experiments;

namespace Assay.Analysis;

/// <summary>Whether the planned end is reached, and whether anything may be judged at all.</summary>
internal static class PlannedEnd
{
    public static bool IsReached(Experiment experiment, ReportOptions options, long? plannedUnits, long maturedUnits, DateTimeOffset? dataUntil)
    {
        if (options.IsFinal) return true;
        if (!MayJudge(experiment, options, dataUntil)) return false;
        if (plannedUnits is { } planned) return maturedUnits >= planned;
        return experiment.Plan.Looks.Length <= 1 && !options.IsLive;
    }

    /// <summary>False while the minimum days run, and where nobody can tell whether outcomes are complete.</summary>
    public static bool MayJudge(Experiment experiment, ReportOptions options, DateTimeOffset? dataUntil)
    {
        if (experiment.Plan.MinimumDays > 0 && options.StartedAt is { } start && dataUntil is { } until && until - start < TimeSpan.FromDays(experiment.Plan.MinimumDays)) return false;
        return IsComplete(experiment, options);
    }

    /// <summary>Without a window nobody can tell whether the silence of a unit is its answer; only stopping does.</summary>
    public static bool IsComplete(Experiment experiment, ReportOptions options) =>
        !(options.IsLive && experiment.MetricsOf(MetricRole.Primary).Any(m => m.Metric is { Window: null, IsMeasuredAtOnce: false }));
}
