using System.Collections.Immutable;
using Assay.Statistics;

namespace Assay.Evaluation;

/// <summary>Ratings from verdicts on more than two variants.</summary>
internal static class RatingRows
{
    private static readonly double PointsPerUnit = 400 / Math.Log(10);

    public static ImmutableArray<RatingRow> Of(IEnumerable<PairwiseRow> verdicts, ComparisonOptions options)
    {
        var rows = ImmutableArray.CreateBuilder<RatingRow>();
        foreach (var metric in verdicts.Where(v => v.Status == ScoreStatus.Scored && v.TreatmentScore is 0 or 0.5 or 1).GroupBy(v => v.Metric, StringComparer.Ordinal))
        {
            string[] players = [.. metric.SelectMany(v => (string[])[v.A, v.B]).Distinct(StringComparer.Ordinal).OrderByDescending(p => p == options.Control).ThenBy(p => options.Treatments.IndexOf(p))];
            // Against the control alone there is nothing that the pairs do not say.
            if (players.Length < 3 || players[0] != options.Control || !metric.Any(v => v.A != options.Control && v.B != options.Control)) continue;
            rows.AddRange(Of(metric.Key, [.. metric], players, options.Alpha));
        }
        return rows.ToImmutable();
    }

    private static IEnumerable<RatingRow> Of(string metric, PairwiseRow[] verdicts, string[] players, double alpha)
    {
        var cases = verdicts.Select(v => v.Cluster ?? v.Case).Distinct(StringComparer.Ordinal).Index().ToDictionary(c => c.Item, c => c.Index, StringComparer.Ordinal);
        Game[] games = [.. verdicts.Select(v => Game(v, players, cases[v.Cluster ?? v.Case]))];
        // Without both orders of anything, what being shown first adds cannot be told.
        var fit = BradleyTerry.Fit(games, players.Length, orderEffect: true);
        if (!fit.IsEstimable) fit = BradleyTerry.Fit(games, players.Length);
        for (var p = 0; p < players.Length; p++)
        {
            var (player, own) = (players[p], verdicts.Where(v => v.A == players[p] || v.B == players[p]).ToList());
            var row = new RatingRow
            {
                Metric = metric,
                Variant = player,
                Wins = own.Count(v => v.TreatmentScore == (v.B == player ? 1 : 0)),
                Losses = own.Count(v => v.TreatmentScore == (v.B == player ? 0 : 1)),
                Ties = own.Count(v => v.TreatmentScore == 0.5),
                Cases = cases.Count,
                Reason = fit.IsEstimable ? null : fit.Reason,
            };
            if (fit.IsEstimable) row = row with { Rating = fit.Value.Ratings[p] };
            yield return fit.IsEstimable && p > 0 ? Above(row, fit.Value, p, alpha) : row;
        }
    }

    private static RatingRow Above(RatingRow row, BradleyTerryFit fit, int player, double alpha)
    {
        row = row with { AboveControl = fit.LogStrength[player] * PointsPerUnit };
        if (fit.Cases < PairedInference.EnoughForT) return row with { Reason = $"{fit.Cases} cases are too few for an interval" };
        var compared = fit.Compare(player, 0, alpha);
        return compared.IsEstimable && compared.Value.Interval is var interval
            ? row with { Interval = new Interval(interval.Low * PointsPerUnit, interval.High * PointsPerUnit) }
            : row with { Reason = compared.Reason };
    }

    private static Game Game(PairwiseRow v, string[] players, int number)
    {
        var (left, right) = v.ShownFirst == v.B ? (v.B, v.A) : (v.A, v.B);
        var outcome = v.TreatmentScore == 0.5 ? GameOutcome.Tie : (v.TreatmentScore == 1) == (left == v.B) ? GameOutcome.LeftWins : GameOutcome.RightWins;
        return new Game(Array.IndexOf(players, left), Array.IndexOf(players, right), outcome, number);
    }
}
