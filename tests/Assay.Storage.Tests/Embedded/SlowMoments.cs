using Assay.Events;
using Assay.Experiments;

namespace Assay.Storage.Tests.Embedded;

/// <summary>The same moments worked out event by event in plain loops: slow, and written without a look at the SQL's structure.</summary>
internal static class SlowMoments
{
    public sealed record Unit(string Id, int Variant, DateTimeOffset First, bool Crossed);

    public sealed record Row(string Unit, DateTimeOffset At, string Metric, double? Value, GenerationEvent? Generation, AssayEvent Event);

    public static List<(long Units, long Matured, long Immature, long Answered, double Mean, double Variance, QuantileArmMoments? Quantile)> Read(
        Experiment experiment, IReadOnlyList<AssayEvent> events, Metric metric, DateTimeOffset asOf, bool withCrossed)
    {
        var (units, rows) = State(experiment, events, asOf);
        return [.. Enumerable.Range(0, experiment.Variants.Length).Select(v =>
            Arm([.. units.Where(u => u.Variant == v && (withCrossed || !u.Crossed))], rows, metric, asOf))];
    }

    /// <summary>The units, and the rows that belong to one of them.</summary>
    public static (List<Unit> Units, List<Row> Rows) State(Experiment experiment, IReadOnlyList<AssayEvent> events, DateTimeOffset asOf)
    {
        var exposures = events.OfType<ExposureEvent>().Where(e => e.Timestamp <= asOf && e.Experiment == experiment.Key).ToList();
        var units = exposures.GroupBy(e => e.Unit).Select(g =>
        {
            var first = g.OrderBy(e => e.Timestamp).ThenBy(e => Index(experiment, e.Variant)).First();
            return new Unit(g.Key, Index(experiment, first.Variant), first.Timestamp, g.Select(e => e.Variant).Distinct().Count() > 1);
        }).ToDictionary(u => u.Id);
        var rows = events.Where(e => e.Timestamp <= asOf).Select(e => Resolve(e, events, exposures, units, asOf)).OfType<Row>()
            .Where(r => r.At >= units[r.Unit].First).ToList();
        return ([.. units.Values], rows);
    }

    private static (long, long, long, long, double, double, QuantileArmMoments?) Arm(List<Unit> units, List<Row> rows, Metric metric, DateTimeOffset asOf)
    {
        var values = new List<double>();
        var sample = new List<(double X, string Unit)>();
        long matured = 0, answered = 0;
        foreach (var unit in units)
        {
            var own = rows.FindAll(r => r.Unit == unit.Id);
            var close = Close(unit, own, metric);
            if (close > asOf) continue;
            matured++;
            var inWindow = own.FindAll(r => metric.Window is not { } w || (r.At >= unit.First + w.From && r.At < close));
            if (metric.Type == MetricType.Quantile)
            {
                foreach (var g in inWindow.Select(r => r.Generation).OfType<GenerationEvent>())
                {
                    if (g.Status is GenerationStatus.Error or GenerationStatus.Timeout) sample.Add((double.PositiveInfinity, unit.Id));
                    else if (g.LatencyMs is { } ms) sample.Add((ms, unit.Id));
                }
                continue;
            }
            var x = Reduce(inWindow.FindAll(r => r.Metric == metric.Source.Event), metric.Source.Aggregate);
            if (x is not null) answered++;
            if (x is null && metric.Missing == MissingRule.Exclude) continue;
            values.Add(metric.Type == MetricType.Proportion ? (x is not null and not 0 ? 1 : 0) : x ?? 0);
        }
        if (metric.Type == MetricType.Quantile)
        {
            var n = sample.Select(s => s.Unit).Distinct().Count();
            return (n, matured, units.Count - matured, n, 0, 0, Quantile(sample, metric.Quantile!.Value));
        }
        var mean = values.Count == 0 ? 0 : values.Average();
        var variance = values.Count < 2 ? 0 : values.Sum(x => (x - mean) * (x - mean)) / (values.Count - 1);
        return (values.Count, matured, units.Count - matured, answered, mean, variance, null);
    }

    public static DateTimeOffset Close(Unit unit, List<Row> own, Metric metric)
    {
        if (metric.Window is not { } window) return DateTimeOffset.MinValue;
        if (window.To is { } to) return unit.First + to;
        var last = unit.First;
        foreach (var at in own.Where(r => r.Generation is not null).Select(r => r.At).Order())
        {
            if (at >= last + window.Idle) break;
            last = at;
        }
        return last + window.Idle;
    }

    public static double? Reduce(List<Row> rows, AggregateKind aggregate)
    {
        var known = rows.Where(r => r.Value is not null).Select(r => r.Value!.Value).ToList();
        var happened = rows.Select(r => r.Value ?? 1).ToList();
        return aggregate switch
        {
            AggregateKind.Any => rows.Count == 0 ? null : happened.Exists(v => v != 0) ? 1 : 0,
            AggregateKind.Sum => rows.Count == 0 ? null : happened.Sum(),
            AggregateKind.Count => rows.Count == 0 ? null : rows.Count,
            _ when known.Count == 0 => null,
            AggregateKind.Mean => known.Average(),
            AggregateKind.Min => known.Min(),
            AggregateKind.Max => known.Max(),
            _ => rows.Where(r => r.Value is not null).OrderBy(r => r.At).ThenBy(r => r.Value).Last().Value,
        };
    }

    private static QuantileArmMoments? Quantile(List<(double X, string Unit)> sample, double p)
    {
        if (sample.Count == 0) return null;
        var sorted = sample.Select(s => s.X).Order().ToArray();
        double At(double q) => sorted[(int)Math.Clamp(Math.Ceiling(sorted.Length * q - 1e-9), 1, sorted.Length) - 1];
        var value = At(p);
        var byUnit = sample.GroupBy(s => s.Unit).Select(g => (K: g.Count(), M: g.Count(s => s.X <= value))).ToList();
        var share = (double)byUnit.Sum(u => u.M) / sorted.Length;
        var n = byUnit.Count;
        var error = n < 2 ? 0 : Math.Sqrt((double)n / (n - 1) * byUnit.Sum(u => Math.Pow(u.M - share * u.K, 2))) / sorted.Length;
        double low = p - 1.959963984540054 * error, high = p + 1.959963984540054 * error;
        return new QuantileArmMoments(sorted.Length, n, value, error, low <= 0 ? null : At(low), high >= 1 ? null : At(high));
    }

    private static Row? Resolve(AssayEvent e, IReadOnlyList<AssayEvent> events, List<ExposureEvent> exposures, Dictionary<string, Unit> units, DateTimeOffset asOf)
    {
        if (e.Experiment is not null && e.Experiment != Given.Key) return null;
        switch (e)
        {
            case OutcomeEvent o:
                var unit = o.Target switch
                {
                    // What is said about an answer from before the exposure is no effect of the variant.
                    { GenerationId: { } g } => events.OfType<GenerationEvent>().FirstOrDefault(x => x.Id == g) is { } answer
                        && UnitOf(answer, exposures, units) is { } owner1 && answer.Timestamp <= asOf && (answer.Timestamp >= units[owner1].First || answer.Assignments.Any(a => a.Experiment == Given.Key)) ? owner1 : null,
                    { ExposureId: { } x } => exposures.Find(u => u.Id == x)?.Unit,
                    { Unit: { } id } => Find(id, o.Timestamp, exposures, units),
                    _ => null,
                };
                return unit is null ? null : new Row(unit, o.Timestamp, o.Metric, o.Value, null, o);
            case GenerationEvent g when UnitOf(g, exposures, units) is { } owner:
                // One that names its exposure came after it, whatever the clocks say.
                var at = g.Assignments.Any(a => a.Experiment == Given.Key) && g.Timestamp < units[owner].First ? units[owner].First : g.Timestamp;
                return new Row(owner, at, "generation", null, g, g);
            case LabelEvent { Target.Unit: { } labelled } l when Find(labelled, l.Timestamp, exposures, units) is { } of:
                return new Row(of, l.Timestamp, "label", l.Value, null, l);
            default:
                return null;
        }
    }

    private static string? UnitOf(GenerationEvent? g, List<ExposureEvent> exposures, Dictionary<string, Unit> units)
    {
        if (g is null) return null;
        var here = g.Assignments.FirstOrDefault(a => a.Experiment == Given.Key);
        if (here is not null) return exposures.Find(x => x.Id == here.ExposureId)?.Unit;
        return g.Ids.Conversation is { } id && units.ContainsKey(id) ? id : null;
    }

    private static string? Find(string id, DateTimeOffset at, List<ExposureEvent> exposures, Dictionary<string, Unit> units)
    {
        if (units.ContainsKey(id)) return id;
        return exposures.Where(x => x.Ids.User == id).Select(x => units[x.Unit]).Where(u => u.First <= at).MaxBy(u => u.First)?.Id;
    }

    private static int Index(Experiment experiment, string variant) => experiment.Variants.Select(v => v.Key).ToList().IndexOf(variant);
}
