using System.Globalization;
using Assay.Experiments;

namespace Assay.Analysis;

/// <summary>What the diagnostics found, in words for an engineer, with the numbers that show it.</summary>
internal static class DiagnosticWarnings
{
    /// <summary>A difference of rates between arms below this adjusted p-value is no chance.</summary>
    private const double FilterDiffersBelow = 0.01;

    public static IEnumerable<ReportWarning> Of(Experiment experiment, DiagnosticsReport d) =>
        [.. SampleRatio(d), .. Simpson(experiment, d), .. Heterogeneity(experiment, d), .. Days(experiment, d), .. Tails(experiment, d), .. Filters(d), .. Overlaps(d)];

    private static IEnumerable<ReportWarning> SampleRatio(DiagnosticsReport d)
    {
        if (d.Srm is { Method: SampleRatios.AtTheEnd, RunningPValue: < TrafficChecks.MismatchBelow, ChiSquarePValue: >= TrafficChecks.MismatchBelow, SmallestAt: var at })
            yield return new("srm-running", $"the arms' sizes are as planned now, but were not on the way{(at is { } time ? $" ({Time(time)})" : "")}: the split was broken for a while, and units of that time are not comparable");
        foreach (var mix in d.Mixes)
        {
            var broken = mix.Groups.Where(g => g.AdjustedPValue < TrafficChecks.MismatchBelow).ToArray();
            if (broken.Length == 0) continue;
            var (code, where) = mix.Kind switch
            {
                "segment" => ("srm-segment", $"where {mix.Attribute} = "),
                "source" => ("srm-source", $"among exposures with {mix.Attribute} = "),
                _ => ("srm-day", "among units that entered on "),
            };
            var more = broken.Length > 3 ? $", and in {broken.Length - 3} more" : "";
            yield return new(code, $"the split is not what the weights promise {where}{string.Join("; ", broken.Take(3).Select(g => $"{g.Value ?? "(none)"} ({Counts(g.Units)})"))}{more}: assignment or recording depends on {(mix.Kind == "entry-day" ? "the time" : mix.Attribute)}, and effects that depend on it too are mixed in");
        }
    }

    private static IEnumerable<ReportWarning> Simpson(Experiment experiment, DiagnosticsReport d)
    {
        foreach (var row in d.Simpson.Where(r => r.Reversed))
        {
            var metric = MetricOf(experiment, row.Metric);
            var isUp = row.Aggregate > 0;
            string all = isUp ? row.Variant : experiment.Control.Key, each = isUp ? experiment.Control.Key : row.Variant;
            var segments = row.Segments.Where(s => s.Difference is not null).Take(5).Select(s =>
                $"{row.Attribute} = {s.Value ?? "(none)"}: {Value(metric, s.Treatment!.Value)} vs {Value(metric, s.Control!.Value)}, {Numbers.Percent(s.TreatmentShare, 0)} of '{row.Variant}' and {Numbers.Percent(s.ControlShare, 0)} of '{experiment.Control.Key}'");
            var adjusted = row.Standardised is { } same ? $"; with one mix for both the difference would be {Signed(metric, same)} instead of {Signed(metric, row.Aggregate)}" : "";
            yield return new("simpson", $"{metric.Name}: '{all}' has the higher value over all units, but '{each}' has it for every {row.Attribute} ({string.Join("; ", segments)}), because the arms hold different mixes of {row.Attribute}{adjusted}. Do not act on the pooled result; find out why the mixes differ");
        }
    }

    private static IEnumerable<ReportWarning> Heterogeneity(Experiment experiment, DiagnosticsReport d)
    {
        foreach (var row in d.Heterogeneity.Where(r => r.AdjustedPValue < experiment.Plan.Alpha))
        {
            var metric = MetricOf(experiment, row.Metric);
            GroupEffect low = row.Segments.MinBy(s => s.Difference)!, high = row.Segments.MaxBy(s => s.Difference)!;
            yield return new("heterogeneity", $"{metric.Name}: the effect of '{row.Variant}' depends on {row.Attribute}, from {Signed(metric, low.Difference)} ({low.Group ?? "none"}) to {Signed(metric, high.Difference)} ({high.Group ?? "none"}), more than chance explains; one average does not describe it");
        }
    }

    private static IEnumerable<ReportWarning> Days(Experiment experiment, DiagnosticsReport d)
    {
        foreach (var row in d.DaysSinceExposure.Where(r => r.AdjustedPValue < experiment.Plan.Alpha))
        {
            var metric = MetricOf(experiment, row.Metric);
            var line = $"from {Signed(metric, row.First!.Value)} on the first day to {Signed(metric, row.Last!.Value)} on day {row.Days.Length}, on the {Numbers.Count(row.Units.Values.Sum())} units that were observed on all of them";
            yield return row.Shape == "fading"
                ? new("novelty", $"{metric.Name}: the effect of '{row.Variant}' wears off with the days since exposure, {line}; expect less than the average in the long run")
                : new("primacy", $"{metric.Name}: the effect of '{row.Variant}' grows with the days since exposure, {line}; the average is not yet the long run");
        }
        foreach (var row in d.CalendarDays.Where(r => r.AdjustedPValue < experiment.Plan.Alpha))
        {
            var metric = MetricOf(experiment, row.Metric);
            yield return new("calendar-trend", $"{metric.Name}: the effect of '{row.Variant}' changes with the day on which units entered, from {Signed(metric, row.First!.Value)} on {row.Days[0].Group} to {Signed(metric, row.Last!.Value)} on {row.Days[^1].Group}: something else changed meanwhile, or early units differ from late ones");
        }
    }

    private static IEnumerable<ReportWarning> Tails(Experiment experiment, DiagnosticsReport d)
    {
        foreach (var row in d.Outliers)
        {
            var metric = MetricOf(experiment, row.Metric);
            if (row.Difference is { } all && row.Without.FirstOrDefault(IsInfluential) is { } moved)
                yield return new("outliers", $"{metric.Name} of '{row.Variant}': the difference is {Signed(metric, all)} over all units and {Signed(metric, moved.Difference!.Value)} {Changed(moved.Change)}{(moved.ChangesConclusion ? ", and with it the conclusion" : "")}; a few units carry it: look at them, or declare a cap");
        }
    }

    private static IEnumerable<ReportWarning> Filters(DiagnosticsReport d)
    {
        foreach (var row in d.Filters)
        {
            if (row.ControlRate is not { } control || row.TreatmentRate is not { } treatment) continue;
            var what = row.Filter == "label" ? $"{row.Metric} is about labelled units only, {Numbers.Percent(treatment, 1)} of '{row.Variant}' against {Numbers.Percent(control, 1)} of the control"
                : $"{row.Metric} is about rows with {row.Filter} only, {Numbers.Percent(treatment, 1)} of those of '{row.Variant}' against {Numbers.Percent(control, 1)} of the control's";
            if (row.AdjustedPValue < FilterDiffersBelow)
                yield return new("trigger-influenced", $"{what}: the treatment changes what is measured, so the arms no longer compare like with like; use a metric over all units beside it");
            else if (row.AdjustedPValue is null && row.Reason is { } reason && control != treatment)
                yield return new("trigger-untested", $"{what}; whether the treatment influences that is not estimable: {reason}");
        }
    }

    private static IEnumerable<ReportWarning> Overlaps(DiagnosticsReport d) =>
        d.Overlaps.Where(o => o.AdjustedPValue < TrafficChecks.MismatchBelow).Select(o => new ReportWarning("not-independent",
            $"the arms go together with those of '{o.Experiment}' on the {Numbers.Count(o.Units)} units that are in both: its effects are mixed into these; give the experiments different salts, or layers of their own"));

    /// <summary>One unit moves a difference by one standard error at most, when it is all the variance; ten of a merely skewed metric move it by about one.</summary>
    private static bool IsInfluential(OutlierComparison without) =>
        without.Difference is not null && (without.ChangesConclusion || Math.Abs(without.Shift ?? 0) >= (without.Change == "without 1" ? 0.5 : 2));

    private static string Changed(string change) => change switch
    {
        "winsorised" => "when the most extreme 1 % on either side are moved to the rest",
        "without 1" => "without the one most extreme unit",
        _ => $"{change} of the most extreme units",
    };

    private static string Counts(IReadOnlyDictionary<string, long> units) => string.Join(", ", units.Select(u => $"{u.Key} {Numbers.Count(u.Value)}"));

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + " UTC";

    private static Metric MetricOf(Experiment experiment, string name) => experiment.Metrics.First(m => m.Metric.Name == name).Metric;

    internal static string Value(Metric metric, double value) => Numbers.WithUnit(value, Words.TypeOf(metric.Type), metric.ShownUnit);

    internal static string Signed(Metric metric, double difference) =>
        (difference < 0 ? "−" : "+") + (metric.Type == MetricType.Proportion ? Numbers.Points(Math.Abs(difference)) : Numbers.WithUnit(Math.Abs(difference), Words.TypeOf(metric.Type), metric.ShownUnit));
}
