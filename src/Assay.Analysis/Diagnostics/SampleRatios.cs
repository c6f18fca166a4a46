using System.Collections.Immutable;
using System.Globalization;
using Assay.Events;
using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Analysis;

/// <summary>Sample ratio over time and within groups. While running every test may be repeated at will; at the end there is one chi-square look.</summary>
internal static class SampleRatios
{
    public const string AtTheEnd = "chi-square", WhileRunning = "dirichlet-multinomial";

    public static RunningSrm Running(Experiment experiment, ImmutableArray<ArmUnits> arms, ImmutableArray<ArrivalCounts> arrivals, bool isFinal)
    {
        var method = isFinal ? AtTheEnd : WhileRunning;
        if (arms.Any(a => a.Exposed < 0)) return new RunningSrm(method, null, null, 0, null);
        var weights = Weights(experiment);
        long[] now = [.. arms.Select(a => a.Exposed)];
        // Arrivals may lag behind what is counted now: now is a check too.
        List<long[]> checks = [.. arrivals.Select(a => a.Units.ToArray()).TakeWhile(units => units.Zip(now).All(pair => pair.First <= pair.Second)), now];
        var running = SequentialSampleRatio.Running(checks, weights);
        var chiSquare = SampleRatio.ChiSquare(now, weights);
        return new RunningSrm(
            method, running.IsEstimable ? running.Value.PValue : null,
            running.IsEstimable && running.Value.SmallestAt < arrivals.Length ? arrivals[running.Value.SmallestAt].Until : null,
            checks.Count, chiSquare.IsEstimable ? chiSquare.Value.PValue : null);
    }

    public static ImmutableArray<ArmMix> Mixes(Experiment experiment, ImmutableArray<SegmentMoments> segments, DiagnosticMoments read, bool isFinal)
    {
        var bySegment = segments.GroupBy(s => s.Attribute).Select(g => (g.Key, g.Select(s => (s.Value, Units: Units(experiment, s.Arms))).ToList()));
        var bySource = read.Sources.GroupBy(s => s.Source).Select(g => (g.Key, g.Select(s => (s.Value, Units: s.Units.ToArray())).ToList()));
        var byDay = EntryDays(read.Arrivals) is { Count: > 1 } days ? new[] { ("entry day", days) } : [];
        return [.. Mixes(experiment, "segment", bySegment, isFinal), .. Mixes(experiment, "source", bySource, isFinal), .. Mixes(experiment, "entry-day", byDay, isFinal)];
    }

    private static IEnumerable<ArmMix> Mixes(
        Experiment experiment, string kind, IEnumerable<(string Attribute, List<(string? Value, long[] Units)> Groups)> attributes, bool isFinal)
    {
        var all = attributes.ToList();
        var tests = GroupedSampleRatio.Test([.. all.SelectMany(a => a.Groups).Select(g => g.Units)], Weights(experiment), sequential: !isFinal);
        var next = 0;
        foreach (var (attribute, groups) in all)
        {
            var totals = experiment.Variants.Select((_, v) => groups.Sum(g => g.Units[v])).ToArray();
            yield return new ArmMix(kind, attribute, [.. groups.Select(g => Group(experiment, g.Value, g.Units, totals, tests[next++]))], MixPValue(groups.Select(g => g.Units).ToList()));
        }
    }

    private static MixGroup Group(Experiment experiment, string? value, long[] units, long[] totals, GroupSampleRatio test)
    {
        OrderedDictionary<string, long> counts = [];
        OrderedDictionary<string, double?> shares = [];
        for (var v = 0; v < units.Length; v++)
        {
            counts.Add(experiment.Variants[v].Key, units[v]);
            shares.Add(experiment.Variants[v].Key, totals[v] > 0 ? (double)units[v] / totals[v] : null);
        }
        return new MixGroup(value, counts, shares, test.PValue.IsEstimable ? test.PValue.Value : null, test.AdjustedPValue);
    }

    private static double? MixPValue(List<long[]> groups)
    {
        if (groups.Count == 0) return null;
        var table = new long[groups.Count, groups[0].Length];
        for (var i = 0; i < groups.Count; i++)
            for (var v = 0; v < groups[i].Length; v++) table[i, v] = groups[i][v];
        var test = AssignmentChecks.Independence(table);
        return test.IsEstimable ? test.Value.PValue : null;
    }

    private static List<(string? Value, long[] Units)> EntryDays(ImmutableArray<ArrivalCounts> arrivals)
    {
        var days = new List<(string? Value, long[] Units)>();
        long[]? before = null;
        foreach (var day in arrivals.GroupBy(a => a.Until.AddTicks(-1).UtcDateTime.Date))
        {
            var until = day.Last().Units.ToArray();
            days.Add((day.Key.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), [.. until.Select((units, v) => units - (before?[v] ?? 0))]));
            before = until;
        }
        return days;
    }

    private static double[] Weights(Experiment experiment) => [.. experiment.Variants.Select(v => v.Weight)];

    private static long[] Units(Experiment experiment, ImmutableArray<ArmUnits> arms) =>
        [.. experiment.Variants.Select(v => Math.Max(0, arms.FirstOrDefault(a => a.Variant == v.Key)?.Exposed ?? 0))];
}
