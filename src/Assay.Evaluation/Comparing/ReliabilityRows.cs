using System.Collections.Immutable;
using Assay.Statistics;

namespace Assay.Evaluation;

/// <summary>pass^k from pass/fail scores that were tried more than once.</summary>
internal static class ReliabilityRows
{
    /// <summary>Larger k say nothing new, and a run may have hundreds of repeats.</summary>
    public const int MostTries = 10;

    /// <summary>Scores that passed or failed by a check.</summary>
    public static IEnumerable<ScoreRow> Tried(IEnumerable<ScoreRow> scores) => scores.Where(s => s is { IsBinary: true, Status: ScoreStatus.Scored, Value: 0 or 1, Judge: null });

    public static ImmutableArray<ReliabilityRow> Of(IEnumerable<ScoreRow> scores, double alpha)
    {
        var rows = ImmutableArray.CreateBuilder<ReliabilityRow>();
        foreach (var group in Tried(scores).GroupBy(s => (s.Metric, s.Variant)))
        {
            Proportion[] cases = [.. group.GroupBy(s => s.Case, StringComparer.Ordinal).Select(c => new Proportion(c.Count(s => s.Value == 1), c.Count()))];
            var tries = Math.Min(MostTries, (int)cases.Min(c => c.Trials));
            if (tries < 2) continue;
            for (var k = 1; k <= tries; k++) rows.Add(Row(group.Key.Metric, group.Key.Variant, cases, k, alpha));
        }
        return rows.ToImmutable();
    }

    private static ReliabilityRow Row(string metric, string variant, Proportion[] cases, int k, double alpha)
    {
        var estimate = Repeats.PassHatK(cases, k, alpha);
        var row = new ReliabilityRow { Metric = metric, Variant = variant, K = k, Cases = cases.Length, Reason = estimate.Reason };
        if (!estimate.IsEstimable) return row;
        double tries = cases.Sum(c => c.Trials), rate = cases.Sum(c => c.Successes) / tries;
        var any = Repeats.PassAtK(cases, k, alpha).Value;
        return row with
        {
            AnyEstimate = any.Estimate,
            AnyStandardError = any.StandardError,
            AnyInterval = any.Interval.IsEstimable ? any.Interval.Value : null,
            Estimate = estimate.Value.Estimate,
            StandardError = estimate.Value.StandardError,
            NaiveStandardError = k == 1 ? Math.Sqrt(rate * (1 - rate) / tries) : null,
            Interval = estimate.Value.Interval.IsEstimable ? estimate.Value.Interval.Value : null,
            Reason = estimate.Value.Interval.Reason,
        };
    }
}
