using System.Collections.Immutable;
using Assay.Events;
using Assay.Experiments;

namespace Assay.Analysis;

/// <summary>The primaries within each segment; critical ones are held against the largest tolerated loss.</summary>
internal static class SegmentReports
{
    // Below so many rows a second thread costs more than it saves.
    private const int ManyRows = 500;

    public static ImmutableArray<SegmentReport> All(Experiment experiment, ImmutableArray<SegmentMoments> segments, double quantileZ, Stage stage)
    {
        var reports = new SegmentReport[segments.Length];
        if (segments.Length * experiment.MetricsOf(MetricRole.Primary).Count() * experiment.Variants.Length < ManyRows)
            for (var i = 0; i < reports.Length; i++) reports[i] = Of(experiment, segments[i], quantileZ, stage);
        else Parallel.For(0, reports.Length, i => reports[i] = Of(experiment, segments[i], quantileZ, stage));
        return ImmutableArray.Create(reports);
    }

    public static SegmentReport Of(Experiment experiment, SegmentMoments moments, double quantileZ, Stage stage)
    {
        var rows = new RowBuilder(experiment, moments.Arms, quantileZ, stage);
        var alpha = experiment.Plan.Alpha;
        var byName = moments.Metrics.DistinctBy(m => m.Metric).ToDictionary(m => m.Metric);
        var metrics = ImmutableArray.CreateBuilder<MetricRow>();
        foreach (var declared in experiment.MetricsOf(MetricRole.Primary))
            if (byName.TryGetValue(declared.Metric.Name, out var metric))
                foreach (var treatment in experiment.Variants.Skip(1))
                    metrics.Add(rows.Row(rows.Compare(declared, metric, treatment.Key, alpha)));
        var maxLoss = MaxLoss(experiment, moments.Attribute, moments.Value);
        return new SegmentReport
        {
            Attribute = moments.Attribute,
            Value = moments.Value,
            Units = UnitsOf(moments.Arms),
            Metrics = metrics.ToImmutable(),
            MaxLoss = maxLoss,
            State = maxLoss is { } loss ? metrics.Select(row => StateOf(row, loss)).DefaultIfEmpty(LimitState.NotEstimable).Max(Worst).State : null,
        };
    }

    /// <summary>Segments are a family of their own, exploratory: their p-values are adjusted over all segments × treatments by the plan's correction.</summary>
    public static ImmutableArray<SegmentReport> Adjust(Experiment experiment, ImmutableArray<SegmentReport> segments)
    {
        var adjusted = PrimaryFamily.Adjust([.. segments.SelectMany(s => s.Metrics).Select(m => m.PValue)], PrimaryFamily.Correction(experiment.Plan.Correction));
        var next = 0;
        foreach (var segment in segments)
            foreach (var row in segment.Metrics) row.Adjust(adjusted[next++]);
        return segments;
    }

    /// <summary>What the rules hold against one treatment: every critical value that was declared, also those that no unit has.</summary>
    public static IEnumerable<LimitFacts> Limits(Experiment experiment, ImmutableArray<SegmentReport> segments, string variant)
    {
        foreach (var declared in experiment.Segments)
            foreach (var (value, loss) in declared.Critical)
            {
                var name = $"{declared.Attribute} = {value}";
                var found = segments.FirstOrDefault(s => s.Attribute == declared.Attribute && s.Value == value);
                if (found is null)
                    yield return new LimitFacts(experiment.Metrics[0].Metric.Name, LimitState.NotEstimable, $"{name}: no units in this segment", IsSegment: true);
                else
                    foreach (var row in found.Metrics.Where(m => m.Treatment.Variant == variant))
                        yield return new LimitFacts(row.Metric, StateOf(row, loss), SegmentText.Critical(name, row, loss, StateOf(row, loss)), IsSegment: true);
            }
    }

    public static OrderedDictionary<string, long> UnitsOf(ImmutableArray<ArmUnits> arms)
    {
        var units = new OrderedDictionary<string, long>();
        foreach (var arm in arms) units.Add(arm.Variant, arm.Exposed);
        return units;
    }

    private static double? MaxLoss(Experiment experiment, string attribute, string? value) => value is null ? null
        : experiment.Segments.FirstOrDefault(s => s.Attribute == attribute)?.Critical.TryGetValue(value, out var loss) == true ? loss : null;

    private static LimitState StateOf(MetricRow row, double maxLoss)
    {
        if (row.Interval is not { } interval) return LimitState.NotEstimable;
        var (low, high) = interval.Turned(row.HigherIsBetter);
        return low > -maxLoss ? LimitState.Kept : high < -maxLoss ? LimitState.Broken : LimitState.Undecided;
    }

    private static (int Rank, LimitState State) Worst(LimitState state) => (state switch
    {
        LimitState.Kept => 0,
        LimitState.NotEstimable => 1,
        LimitState.Undecided => 2,
        _ => 3,
    }, state);
}
