using System.Collections.Immutable;
using Assay.Events;
using Assay.Experiments;

namespace Assay.Storage;

/// <summary>Reads what the diagnostics need from the units and values that the moments were made of, within the same transaction.</summary>
internal static class DiagnosticsReader
{
    /// <param name="context">Whose tables are complete.</param>
    /// <param name="hasTimes">False where the order of rows stands for time: then nothing is said about days.</param>
    public static DiagnosticMoments FromEvents(MomentsContext context, bool hasTimes = true)
    {
        var caps = CapReader.Read(context);
        return new DiagnosticMoments
        {
            Arrivals = hasTimes ? ArrivalReader.Arrivals(context) : [],
            Sources = ArrivalReader.Reasons(context),
            Days = hasTimes ? [.. DayPlans(context).Select(plan => Days(plan, caps, context))] : [],
            Tails = Tails(caps, context),
            Filters = FilterReader.Read(context),
            Overlaps = OverlapReader.Read(context),
        };
    }

    /// <summary>Of a file with one row per unit: it knows no times, no rows and no other experiments.</summary>
    public static DiagnosticMoments FromUnits(MomentsContext context, ImmutableArray<SourceCounts> sources) =>
        new() { Sources = sources, Tails = Tails(CapReader.Read(context), context) };

    private static ImmutableArray<MetricTail> Tails(Dictionary<int, MetricCaps> caps, MomentsContext context) =>
        [.. context.Plans.Where(p => p.Type is MetricType.Mean or MetricType.Count or MetricType.Ratio).DistinctBy(p => p.Metric.Metric.Name).Select(p => TailReader.Read(p, caps.GetValueOrDefault(p.Index), context))];

    private static IEnumerable<MetricPlan> DayPlans(MomentsContext context) =>
        context.Plans.Where(p => p.Metric.Role == MetricRole.Primary && !p.Value.IsEvents && p.Denominator is not { IsEvents: true });

    private static MetricDays Days(MetricPlan plan, Dictionary<int, MetricCaps> caps, MomentsContext context)
    {
        var (cohort, why) = CohortReader.Read(plan, context);
        return new MetricDays(plan.Metric.Metric.Name, ArrivalReader.EntryDays(plan, caps, context), cohort, why);
    }
}
