using System.Text.Json.Nodes;
using Assay.Statistics;

namespace Assay.Cli.Stats;

internal static class RankingMethods
{
    private const string Example = """{"left": [0, 0, 1, 2, 1, 0], "right": [1, 2, 2, 0, 0, 1], "leftWins": [1, 0, 1, 0, 0.5, 0]}""";
    private static readonly string[] Keys = ["logStrength", "standardError", "clusteredStandardError", "ratings", "orderEffect", "tieParameter", "cases"];

    public static IEnumerable<StatsMethod> All =>
    [
        new("bradley-terry", "strengths from pairwise comparisons; leftWins is 1, 0 or 0.5 for a tie (ties: davidson, half-wins; orderEffect: true; case: ids; bootstrap: resamples of cases for intervals of the ratings, seed)",
            Example, RunBradleyTerry),
        new("elo", "Elo ratings in the order of the games; for comparison only", Example,
            input => new StatsOutput().Add("ratings", Elo.Rate(Games(input, out var players), players, input.NumberOr("k", 4), input.NumberOr("initial", 1000))).ToJson()),
    ];

    private static JsonObject RunBradleyTerry(StatsInput input)
    {
        var games = Games(input, out var players);
        var ties = input.TextOr("ties", "davidson", "davidson", "half-wins") == "half-wins" ? TieRule.HalfWins : TieRule.Davidson;
        var order = input.FlagOr("orderEffect", false);
        var resamples = input.NumberOr("bootstrap", 0);
        if (resamples < 0 || resamples > 100_000 || resamples != Math.Floor(resamples)) throw new UsageException("bootstrap: must be a whole number of resamples up to 100,000");
        var options = new ResamplingOptions((long)input.NumberOr("seed", 1), (int)resamples, Environment.ProcessorCount);
        var alpha = input.Alpha;
        return StatsOutput.Of(BradleyTerry.Fit(games, players, ties, order), Keys, (output, r) =>
        {
            output.Add("logStrength", [.. r.LogStrength]).Add("standardError", [.. r.StandardError])
                .Add("clusteredStandardError", [.. r.ClusteredStandardError]).Add("ratings", [.. r.Ratings]);
            if (r.OrderEffect is { } effect) output.Add("orderEffect", effect).Add("orderStandardError", r.OrderStandardError!.Value);
            if (r.TieParameter is { } tie) output.Add("tieParameter", tie);
            output.Add("cases", r.Cases);
            if (resamples == 0) return;
            var intervals = BradleyTerry.Bootstrap(games, players, alpha, options, ties, order);
            if (intervals.IsEstimable) output.Add("ratingsLow", [.. intervals.Value.Select(i => i.Low)]).Add("ratingsHigh", [.. intervals.Value.Select(i => i.High)]);
            else foreach (var key in (string[])["ratingsLow", "ratingsHigh"]) output.Null(key, intervals.Reason!);
        });
    }

    private static Game[] Games(StatsInput input, out int players)
    {
        long[] left = input.Counts("left"), right = input.Counts("right");
        var won = input.Numbers("leftWins");
        if (left.Length != right.Length || left.Length != won.Length)
            throw new UsageException($"left, right, leftWins: have {left.Length}, {right.Length} and {won.Length} elements; they must be equally many");
        long[] cases = input.Has("case") ? input.Ids("case") : [.. left.Select((_, i) => (long)i)];
        if (cases.Length != left.Length) throw new UsageException($"case: has {cases.Length} elements, but left has {left.Length}");
        if (left.Concat(right).Any(p => p > 10_000)) throw new UsageException("left, right: players are numbered from 0");
        players = Math.Max(2, (int)left.Concat(right).DefaultIfEmpty().Max() + 1);
        return [.. left.Select((l, i) => new Game((int)l, (int)right[i], won[i] switch
        {
            1 => GameOutcome.LeftWins,
            0 => GameOutcome.RightWins,
            0.5 => GameOutcome.Tie,
            _ => throw new UsageException($"leftWins[{i}]: must be 1, 0 or 0.5 (a tie)"),
        }, cases[i]))];
    }
}
