using Assay.Events;
using Assay.Experiments;
using static Assay.Storage.Tests.Embedded.SlowMoments;

namespace Assay.Storage.Tests.Embedded;

/// <summary>What the diagnostics read, worked out from the raw rows in plain loops, metric by metric.</summary>
internal sealed class SlowDiagnostics(Experiment experiment, IReadOnlyList<AssayEvent> events, DateTimeOffset asOf)
{
    /// <summary>Numbers of a group of units: n, mean, variance, and of a ratio mean and variance of the denominators and the covariance.</summary>
    public sealed record Numbers(long Units, double Mean, double Variance, double DenominatorMean, double DenominatorVariance, double Covariance);

    private sealed record Value(Unit Unit, double Y, double Z);

    private readonly (List<Unit> Units, List<Row> Rows) _state = State(experiment, events, asOf);

    private IEnumerable<Unit> Kept => _state.Units.Where(u => !u.Crossed);

    public List<(DateTimeOffset Until, long[] Units)> Arrivals() =>
        [.. _state.Units.Select(u => Hour(u.First)).Distinct().Order().Select(hour => (hour, PerArm(v => _state.Units.LongCount(u => u.Variant == v && Hour(u.First) <= hour))))];

    public List<(string? Reason, long[] Units)> Reasons() =>
        [.. _state.Units.GroupBy(Reason).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => (g.Key, PerArm(v => g.LongCount(u => u.Variant == v))))];

    public List<(DateOnly Day, Numbers[] Arms)> EntryDays(Metric metric) =>
        [.. Kept.GroupBy(u => DateOnly.FromDateTime(u.First.UtcDateTime)).OrderBy(g => g.Key).Select(g => (g.Key, PerArm(v => Of(Values(metric).Where(x => x.Unit.Variant == v && g.Contains(x.Unit))))))];

    /// <summary>Per arm: units, per day value, error and active units, and the error of the slope.</summary>
    public (long Units, (double? Value, double Error, long Active)[] Days, double SlopeError)[] Cohort(Metric metric, int days)
    {
        var centre = (days - 1) / 2.0;
        var scale = 12.0 / (days * ((double)days * days - 1));
        var isZero = metric is { Missing: MissingRule.Zero, Denominator: null };
        return PerArm(v =>
        {
            var cohort = Kept.Where(u => u.Variant == v && u.First.AddDays(days) <= asOf).ToList();
            var cells = cohort.Select(u => Enumerable.Range(0, days).Select(d => Cell(u, metric, d)).ToArray()).ToList();
            var n = cohort.Count;
            var pulls = new double[n, days];
            var found = new (double?, double, long)[days];
            for (var d = 0; d < days; d++)
            {
                var active = cells.Select(c => c[d]).OfType<(double Y, double Z)>().ToList();
                double y = active.Sum(c => c.Y), z = isZero ? n : active.Sum(c => c.Z);
                double? rate = z == 0 ? (isZero && n > 0 ? 0 : null) : y / z;
                if (rate is { } r && (isZero || active.Count > 0))
                    for (var i = 0; i < n; i++)
                        pulls[i, d] = cells[i][d] is { } c ? (c.Y - r * (isZero ? 1 : c.Z)) / (z / n) : isZero ? -r : 0;
                found[d] = (rate, active.Count == 0 || n < 2 ? 0 : Math.Sqrt(Enumerable.Range(0, n).Sum(i => pulls[i, d] * pulls[i, d]) / (n - 1) / n), active.Count);
            }
            var slopes = Enumerable.Range(0, n).Sum(i => Math.Pow(Enumerable.Range(0, days).Sum(d => (d - centre) * scale * pulls[i, d]), 2));
            return ((long)n, found, n < 2 ? 0 : Math.Sqrt(slopes / (n - 1) / n));
        });
    }

    /// <summary>Days that half of the units were observed on, at most as many as the metric's window has.</summary>
    public int Days(Metric metric)
    {
        var most = metric.Window is { To: { } to } ? Math.Min(14, (int)to.TotalDays) : 14;
        var observed = Kept.Select(u => Math.Min(most, (int)Math.Floor((asOf - u.First).TotalDays))).OrderDescending().ToList();
        return observed[(observed.Count + 1) / 2 - 1];
    }

    public double?[] Skewness(Metric metric)
    {
        var (values, distance) = Tail(metric);
        return PerArm(v =>
        {
            var own = values.Where(x => x.Unit.Variant == v).Select(distance).ToList();
            var mean = own.Average();
            var sd = Math.Sqrt(own.Average(x => (x - mean) * (x - mean)));
            return sd == 0 ? null : (double?)own.Average(x => Math.Pow((x - mean) / sd, 3));
        });
    }

    public Numbers[] Without(Metric metric, int count)
    {
        var (values, distance) = Tail(metric);
        var rest = values.OrderByDescending(x => Math.Abs(distance(x))).ThenBy(x => x.Unit.Variant).ThenByDescending(x => x.Y).Skip(count).ToList();
        return PerArm(v => Of(rest.Where(x => x.Unit.Variant == v)));
    }

    public Numbers[] Winsorised(Metric metric)
    {
        var (values, _) = Tail(metric);
        double Within(IEnumerable<double> all, double x) => Math.Clamp(x, Quantile(all, 0.01), Quantile(all, 0.99));
        var cut = values.Select(x => new Value(x.Unit, Within(values.Select(o => o.Y), x.Y), Within(values.Select(o => o.Z), x.Z))).ToList();
        return PerArm(v => Of(cut.Where(x => x.Unit.Variant == v)));
    }

    /// <summary>Per arm: matured units, those with a passing row, means, variances and covariance of passing rows and all rows (of labels: of whether there is one, and 1).</summary>
    public (long Passing, Numbers Numbers)[] Filter(Metric metric) => PerArm(v =>
    {
        var isLabel = metric.Source.Event == "label";
        var units = Kept.Where(u => u.Variant == v && Close(u, Rows(u), metric) <= asOf).Select(u =>
        {
            var rows = Windowed(u, metric).FindAll(r => r.Metric == metric.Source.Event);
            var passing = rows.Count(r => Passes(r, metric.Source));
            return isLabel ? new Value(u, passing > 0 ? 1 : 0, 1) : new Value(u, passing, rows.Count);
        }).ToList();
        return (units.LongCount(u => u.Y > 0), Of(units));
    });

    public Dictionary<(string Experiment, string Variant), long[]> Overlaps() =>
        events.OfType<ExposureEvent>().Where(e => e.Timestamp <= asOf && e.Experiment != experiment.Key && _state.Units.Exists(u => u.Id == e.Unit))
            .GroupBy(e => (e.Experiment, e.Unit)).Select(g => g.MinBy(e => e.Timestamp)!).GroupBy(e => (e.Experiment!, e.Variant))
            .ToDictionary(g => g.Key, g => PerArm(v => g.LongCount(e => _state.Units.Exists(u => u.Id == e.Unit && u.Variant == v))));

    private T[] PerArm<T>(Func<int, T> of) => [.. Enumerable.Range(0, experiment.Variants.Length).Select(of)];

    private List<Row> Rows(Unit unit) => _state.Rows.FindAll(r => r.Unit == unit.Id);

    private List<Row> Windowed(Unit unit, Metric metric)
    {
        var own = Rows(unit);
        var close = Close(unit, own, metric);
        // Of a conversation that is still open nothing counts yet.
        if (metric.Window is { To: null } && close > asOf) return [];
        return own.FindAll(r => metric.Window is not { } w || (r.At >= unit.First + w.From && r.At < close));
    }

    private string? Reason(Unit unit) => events.OfType<ExposureEvent>().First(e => e.Experiment == experiment.Key && e.Unit == unit.Id).Reason;

    private (double Y, double Z)? Cell(Unit unit, Metric metric, int day)
    {
        var rows = Windowed(unit, metric).FindAll(r => (int)Math.Floor((r.At - unit.First).TotalDays) == day);
        double? y = Reduced(rows, metric.Source), z = metric.Denominator is { } d ? Reduced(rows, d) : null;
        if (y is null && z is null) return null;
        return metric.Denominator is null ? (metric.Type == MetricType.Proportion ? (y != 0 ? 1 : 0) : y!.Value, 1) : (y ?? 0, z ?? 0);
    }

    private List<Value> Values(Metric metric)
    {
        var values = new List<Value>();
        foreach (var unit in Kept)
        {
            if (Close(unit, Rows(unit), metric) > asOf) continue;
            var rows = Windowed(unit, metric);
            double? y = Reduced(rows, metric.Source), z = metric.Denominator is { } d ? Reduced(rows, d) : null;
            if (y is null && z is null && metric.Missing == MissingRule.Exclude) continue;
            values.Add(new Value(unit, metric.Type == MetricType.Proportion ? (y is not null and not 0 ? 1 : 0) : y ?? 0, metric.Denominator is null ? 1 : z ?? 0));
        }
        if (metric.CapPercentile is not { } p) return values;
        var cap = values.Select(x => x.Y).Order().ElementAt((int)Math.Ceiling(values.Count * p - 1e-9) - 1);
        return [.. values.Select(x => x with { Y = Math.Min(x.Y, cap) })];
    }

    private (List<Value> Values, Func<Value, double> Distance) Tail(Metric metric)
    {
        var values = Values(metric);
        if (metric.Denominator is null)
        {
            var median = Quantile(values.Select(x => x.Y), 0.5);
            return (values, x => x.Y - median);
        }
        var ratio = values.Sum(x => x.Y) / values.Sum(x => x.Z);
        return (values, x => x.Y - ratio * x.Z);
    }

    private static double? Reduced(List<Row> rows, MetricSource source)
    {
        // Text where a number belongs is refused, and counted where only rows are counted.
        var own = rows.FindAll(r => r.Metric == source.Event && Passes(r, source) && (source.Aggregate == AggregateKind.Count || r.Event is not OutcomeEvent { Text: not null }));
        return Reduce(source.Value == "costUsd" ? own.ConvertAll(r => r with { Value = r.Generation!.CostUsd }) : own, source.Aggregate);
    }

    private static bool Passes(Row row, MetricSource source) => source.Where switch
    {
        null => true,
        "plan == 'pro'" => row.Event.Attributes is { } a && a.TryGetProperty("plan", out var plan) && plan.GetString() == "pro",
        "status == 'error'" => row.Generation is { Status: GenerationStatus.Error },
        _ => throw new ArgumentException($"the plain loops do not know \"{source.Where}\"", nameof(source)),
    };

    private static Numbers Of(IEnumerable<Value> values)
    {
        var all = values.ToList();
        if (all.Count == 0) return new Numbers(0, 0, 0, 0, 0, 0);
        double y = all.Average(x => x.Y), z = all.Average(x => x.Z);
        double Spread(Func<Value, double> of) => all.Count < 2 ? 0 : all.Sum(of) / (all.Count - 1);
        return new Numbers(all.Count, y, Spread(x => (x.Y - y) * (x.Y - y)), z, Spread(x => (x.Z - z) * (x.Z - z)), Spread(x => (x.Y - y) * (x.Z - z)));
    }

    private static double Quantile(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToList();
        return sorted[Math.Max(1, sorted.Count - (int)Math.Floor(sorted.Count - share * sorted.Count)) - 1];
    }

    private static DateTimeOffset Hour(DateTimeOffset time) => new(time.UtcTicks / TimeSpan.TicksPerHour * TimeSpan.TicksPerHour + TimeSpan.TicksPerHour, TimeSpan.Zero);
}
