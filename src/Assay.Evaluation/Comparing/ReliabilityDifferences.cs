using System.Collections.Immutable;
using Assay.Statistics;

namespace Assay.Evaluation;

/// <summary>Compares pass^k between variants: each case's own unbiased value first, then paired like any other score.</summary>
internal static class ReliabilityDifferences
{
    public static ImmutableArray<ReliabilityDifference> Of(IEnumerable<ScoreRow> scores, ImmutableArray<string> treatments, ComparisonOptions options)
    {
        var all = ImmutableArray.CreateBuilder<ReliabilityDifference>();
        foreach (var metric in ReliabilityRows.Tried(scores).GroupBy(s => s.Metric, StringComparer.Ordinal))
        {
            var tries = metric.ToLookup(s => s.Variant, StringComparer.Ordinal);
            var rows = new List<ReliabilityDifference>();
            foreach (var treatment in treatments) rows.AddRange(Pair(metric.Key, ByCase(tries[options.Control]), ByCase(tries[treatment]), treatment, options));
            var tested = rows.Index().Where(r => r.Item.PValue is not null).ToList();
            var adjusted = Multiplicity.Holm([.. tested.Select(r => r.Item.PValue!.Value)]);
            foreach (var (i, (at, row)) in tested.Index()) rows[at] = row with { AdjustedPValue = adjusted[i] };
            all.AddRange(rows);
        }
        return all.ToImmutable();
    }

    private static IEnumerable<ReliabilityDifference> Pair(string metric, Dictionary<string, Tries> control, Dictionary<string, Tries> treatment, string name, ComparisonOptions options)
    {
        var common = control.Keys.Where(treatment.ContainsKey).ToList();
        var most = common.Count == 0 ? 0 : Math.Min(ReliabilityRows.MostTries, common.Min(c => Math.Min(control[c].Trials, treatment[c].Trials)));
        for (var k = 2; k <= most; k++)
        {
            var units = CaseValue.Clustered(common.Select(c => new CaseValue(c, control[c].Cluster, control[c].PassHatK(k), treatment[c].PassHatK(k))));
            var set = new UnitSet { Metric = metric, Control = options.Control, Treatment = name, Kind = ComparisonKind.Score, Units = units, Cases = common.Count, IsBinary = true };
            var inference = PairedInference.Of(set, null, options.Alpha);
            yield return new ReliabilityDifference
            {
                Metric = metric,
                Control = options.Control,
                Treatment = name,
                K = k,
                Cases = common.Count,
                Units = units.Count,
                Difference = units.Average(u => u.Difference),
                Interval = inference.Interval,
                PValue = inference.PValue,
                Method = inference.Method,
                Reason = inference.Reason,
            };
        }
    }

    private static Dictionary<string, Tries> ByCase(IEnumerable<ScoreRow> rows) =>
        rows.GroupBy(r => r.Case, StringComparer.Ordinal).ToDictionary(g => g.Key, g => new Tries(g.Count(r => r.Value == 1), g.Count(), g.First().Cluster), StringComparer.Ordinal);

    private readonly record struct Tries(int Passes, int Trials, string? Cluster)
    {
        /// <summary>C(passes, k) / C(trials, k): what a draw of k of the tries would give.</summary>
        public double PassHatK(int k)
        {
            var value = 1.0;
            for (var i = 0; i < k; i++) value *= Math.Max(0, Passes - i) / (double)(Trials - i);
            return value;
        }
    }
}
