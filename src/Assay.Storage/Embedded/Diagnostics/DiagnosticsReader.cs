using System.Collections.Immutable;
using Assay.Events;

namespace Assay.Storage;

/// <summary>Reads what the diagnostics need from the units and values that the moments were made of.</summary>
internal static class DiagnosticsReader
{
    /// <summary>What is read of the events themselves, within their transaction.</summary>
    /// <param name="context">With the units.</param>
    public static DiagnosticMoments FromEvents(MomentsContext context) => new() { Filters = FilterReader.Read(context), Overlaps = OverlapReader.Read(context) };

    /// <summary>And what is read of the tables that were made of them.</summary>
    /// <param name="read">Of the events.</param>
    /// <param name="context">Whose tables are complete.</param>
    /// <param name="metrics">The moments read before, in the plans' order.</param>
    /// <param name="hasTimes">False where the order of rows stands for time: then nothing is said about days.</param>
    public static DiagnosticMoments Complete(DiagnosticMoments read, MomentsContext context, ImmutableArray<MetricMoments> metrics, bool hasTimes)
    {
        var caps = Caps(context, metrics);
        return read with
        {
            Arrivals = hasTimes ? ArrivalReader.Arrivals(context) : [],
            Sources = ArrivalReader.Reasons(context),
            Days = hasTimes ? Days(caps, context) : [],
            Tails = TailReader.Read(metrics, caps, context),
        };
    }

    /// <summary>Of a file with one row per unit: it knows no times, no rows and no other experiments.</summary>
    public static DiagnosticMoments FromUnits(MomentsContext context, ImmutableArray<MetricMoments> metrics, ImmutableArray<SourceCounts> sources) =>
        new() { Sources = sources, Tails = TailReader.Read(metrics, Caps(context, metrics), context) };

    /// <summary>The caps that the moments were read with.</summary>
    private static Dictionary<int, MetricCaps> Caps(MomentsContext context, ImmutableArray<MetricMoments> metrics) =>
        context.Plans.ToDictionary(p => p.Index, p => new MetricCaps(metrics[p.Index].CapValue, metrics[p.Index].DenominatorCapValue));

    private static ImmutableArray<MetricDays> Days(Dictionary<int, MetricCaps> caps, MomentsContext context)
    {
        return [.. context.Cohorts.Zip(ArrivalReader.EntryDays([.. context.Cohorts.Select(c => c.Plan)], caps, context), (cohort, entries) =>
        {
            var (arms, why) = CohortReader.Read(cohort, context);
            return new MetricDays(cohort.Plan.Metric.Metric.Name, entries, arms, why);
        })];
    }
}
