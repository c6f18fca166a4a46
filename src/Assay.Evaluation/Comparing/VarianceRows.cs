using System.Collections.Immutable;
using Assay.Statistics;

namespace Assay.Evaluation;

/// <summary>Splits the variance of judged scores, from the cases where every judge scored every repeat.</summary>
internal static class VarianceRows
{
    public static ImmutableArray<VarianceRow> Of(IEnumerable<ScoreRow> scores)
    {
        var rows = ImmutableArray.CreateBuilder<VarianceRow>();
        foreach (var group in scores.Where(s => s.Judge is not null && s.Status == ScoreStatus.Scored && s.Value is { } v && double.IsFinite(v)).GroupBy(s => (s.Metric, s.Variant)))
            rows.Add(Row(group.Key.Metric, group.Key.Variant, [.. group]));
        return rows.ToImmutable();
    }

    private static VarianceRow Row(string metric, string variant, ScoreRow[] scores)
    {
        // A judge asked again is another draw of the instrument.
        var raters = scores.Select(s => (s.Judge!, s.JudgeRepeat)).Distinct().Order().ToArray();
        var byCase = scores.GroupBy(s => s.Case, StringComparer.Ordinal)
            .Select(g => g.GroupBy(s => s.Repeat).OrderBy(r => r.Key)
                .Select(r => r.GroupBy(s => (s.Judge!, s.JudgeRepeat)).ToDictionary(j => j.Key, j => j.Average(s => s.Value!.Value)))
                .Where(r => r.Count == raters.Length).ToArray())
            .Where(r => r.Length > 0).ToArray();
        var generations = byCase.Length == 0 ? 0 : byCase.Max(c => c.Length);
        var full = byCase.Where(c => c.Length == generations).ToArray();
        var values = new double[full.Length, generations, raters.Length];
        for (var c = 0; c < full.Length; c++)
            for (var r = 0; r < generations; r++)
                for (var j = 0; j < raters.Length; j++) values[c, r, j] = full[c][r][raters[j]];
        var split = VarianceComponents.Estimate(values);
        var row = new VarianceRow { Metric = metric, Variant = variant, Cases = full.Length, Generations = generations, Judges = raters.Length, Reason = split.Reason };
        return !split.IsEstimable ? row : row with { Case = split.Value.Case, Generation = split.Value.Generation, Judge = split.Value.Judge, WasNegative = split.Value.WasNegative };
    }
}
