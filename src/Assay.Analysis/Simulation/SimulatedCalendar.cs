using System.Collections.Immutable;
using Assay.Experiments;

namespace Assay.Analysis;

/// <summary>When looks fall due. With traffic, those before the plan's minimum days wait for them, and only the highest that is due then is taken.</summary>
internal static class SimulatedCalendar
{
    /// <summary>A hybrid plan may be looked at all the time; so often it is in a simulation.</summary>
    public const int HybridReports = 14;

    public static ImmutableArray<SimulatedStep> Steps(Experiment experiment, SequentialPlan plan, long plannedUnits, double? daily)
    {
        if (experiment.Plan.Method == PlanMethod.Hybrid) return [.. Enumerable.Range(1, HybridReports).Select(k => new SimulatedStep(k, k * plannedUnits / HybridReports))];
        var steps = Enumerable.Range(1, plan.Fractions.Length).Select(look => new SimulatedStep(look, plan.UnitsAt(look) ?? plannedUnits));
        if (daily is not { } perDay) return [.. steps];
        var first = (long)Math.Ceiling(Math.Min(1e15, perDay * experiment.Exposure * experiment.Plan.MinimumDays) - 1e-9);
        return [.. steps.Select(s => s with { Units = Math.Max(s.Units, first) }).GroupBy(s => s.Units).Select(g => g.Last())];
    }

    /// <summary>Days until so many units have come.</summary>
    public static double Days(double units, double daily, Experiment experiment) => units / (daily * experiment.Exposure);
}
