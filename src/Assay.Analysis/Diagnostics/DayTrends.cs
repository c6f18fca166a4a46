using System.Collections.Immutable;
using System.Globalization;
using Assay.Events;
using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Analysis;

/// <summary>The effect by day since exposure, and apart from it by the calendar day of entry.</summary>
internal static class DayTrends
{
    public static ImmutableArray<DayTrendRow> SinceExposure(Experiment experiment, ImmutableArray<MetricDays> metrics) =>
        Adjust(metrics.SelectMany(days => experiment.Variants.Skip(1).Select(v => SinceExposure(experiment, days, v.Key))));

    public static ImmutableArray<DayTrendRow> Calendar(Experiment experiment, ImmutableArray<MetricDays> metrics, GroupEffects effects) =>
        Adjust(metrics.SelectMany(days => experiment.Variants.Skip(1).Select(v => Calendar(experiment, days, v.Key, effects))));

    /// <summary>Primaries that are not followed over days: said, so that nobody takes silence for "no trend".</summary>
    public static IEnumerable<MetricDays> WithoutDays(Experiment experiment, ImmutableArray<MetricDays> followed) =>
        from primary in experiment.MetricsOf(MetricRole.Primary)
        where primary.Metric.Type == MetricType.Quantile && followed.All(d => d.Metric != primary.Metric.Name)
        select new MetricDays(primary.Metric.Name, [], [], "a quantile is of all events together and no mean of its days; follow the share of events beyond a limit instead, as a ratio metric");

    private static DayTrendRow SinceExposure(Experiment experiment, MetricDays metric, string variant)
    {
        var row = new DayTrendRow { Metric = metric.Metric, Variant = variant, Units = new OrderedDictionary<string, long>(), Status = RowStatus.NotEstimable, Reason = metric.WhyNoCohort };
        if (metric.Cohort.IsEmpty) return row;
        CohortArm control = metric.Cohort.First(a => a.Variant == experiment.Control.Key), treatment = metric.Cohort.First(a => a.Variant == variant);
        row = row with { Units = new OrderedDictionary<string, long> { [control.Variant] = control.Units, [variant] = treatment.Units } };
        for (var day = 0; day < control.Days.Length; day++)
            if (control.Days[day].Value is null || treatment.Days[day].Value is null)
                return row with { Reason = string.Create(CultureInfo.InvariantCulture, $"on day {day} after exposure no unit of an arm has a value") };
        row = row with
        {
            Days = [.. control.Days.Zip(treatment.Days).Select((pair, day) => new GroupEffect(
                day.ToString(CultureInfo.InvariantCulture), pair.First.Value, pair.Second.Value, pair.Second.Value!.Value - pair.First.Value!.Value,
                double.Hypot(pair.First.StandardError, pair.Second.StandardError), pair.First.Active + pair.Second.Active))],
        };
        return Conclude(row, EffectTrend.ByDaySinceExposure(Cohort(control), Cohort(treatment), experiment.Plan.Alpha));
    }

    private static DayTrendRow Calendar(Experiment experiment, MetricDays metric, string variant, GroupEffects effects)
    {
        var declared = experiment.Metrics.First(m => m.Metric.Name == metric.Metric).Metric;
        var days = metric.EntryDays.Select(d => (d.Day, Effect: effects.Of(d.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), declared, d.Arms, variant)))
            .Where(d => d.Effect is not null).ToList();
        var units = new OrderedDictionary<string, long>();
        foreach (var key in new[] { experiment.Control.Key, variant }) units.Add(key, metric.EntryDays.Sum(d => RowBuilder.Arm(d.Arms, key).Units));
        var row = new DayTrendRow { Metric = metric.Metric, Variant = variant, Units = units, Days = [.. days.Select(d => d.Effect!)], Status = RowStatus.NotEstimable };
        if (metric.EntryDays.IsEmpty && declared.Type == MetricType.Quantile) return row with { Reason = metric.WhyNoCohort };
        return Conclude(row, EffectTrend.Independent(
            [.. days.Select(d => (double)d.Day.DayNumber)], [.. days.Select(d => d.Effect!.Difference)], [.. days.Select(d => d.Effect!.StandardError)], experiment.Plan.Alpha));
    }

    private static DayTrendRow Conclude(DayTrendRow row, Estimated<TrendTest> test) => !test.IsEstimable ? row with { Reason = test.Reason } : row with
    {
        Slope = test.Value.Slope,
        SlopeInterval = ReportInterval.Of(test.Value.Interval.Low, test.Value.Interval.High),
        PValue = test.Value.PValue,
        First = test.Value.First,
        Last = test.Value.Last,
        Shape = test.Value.Shape == TrendShape.Fading ? "fading" : "growing",
        Status = RowStatus.Estimated,
        Reason = null,
    };

    private static ImmutableArray<DayTrendRow> Adjust(IEnumerable<DayTrendRow> rows)
    {
        DayTrendRow[] all = [.. rows];
        var adjusted = GroupEffects.Adjust(all.Select(r => r.PValue), static p => Multiplicity.Holm(p));
        return [.. all.Select((row, i) => row with { AdjustedPValue = adjusted[i] })];
    }

    private static CohortDays Cohort(CohortArm arm) =>
        new(arm.Units, [.. arm.Days.Select(d => d.Value!.Value)], [.. arm.Days.Select(d => d.StandardError)], arm.SlopeStandardError);
}
