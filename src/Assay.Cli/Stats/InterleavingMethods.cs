using System.Text.Json.Nodes;
using Assay.Statistics;

namespace Assay.Cli.Stats;

internal static class InterleavingMethods
{
    private static readonly string[] TestKeys = ["winRate", "low", "high", "pValue", "units"];

    public static IEnumerable<StatsMethod> All =>
    [
        new("interleave", "one list from two rankings, who placed what, and credit for clicks (how: team-draft, alternate, balanced, probabilistic; clicks are positions from 1)",
            """{"a": ["sony", "jbl", "anker"], "b": ["bose", "sony", "apple"], "length": 4, "seed": 1, "clicks": [1, 3]}""", RunInterleave),
        new("interleaving-test", "which of two rankers do users prefer? wins per unit, exact sign test", """{"aWins": 20, "bWins": 36, "ties": 44}""",
            input => StatsOutput.Of(
                InterleavingTest.Compare(input.Count("aWins"), input.Count("bWins"), input.Count("ties"), input.Alpha), TestKeys, (output, r) => output
                    .Add("winRate", r.WinRate).Add("low", "high", r.Interval).Add("pValue", r.PValue).Add("units", r.Units))),
    ];

    private static JsonObject RunInterleave(StatsInput input)
    {
        string[][] rankings = [input.Names("a"), input.Names("b")];
        var length = (int)Math.Min(input.Count("length"), 100_000);
        var how = input.TextOr("how", "team-draft", "team-draft", "alternate", "balanced", "probabilistic");
        var first = input.TextOr("first", "", "a", "b");
        var random = new Random((int)((long)input.NumberOr("seed", 1) % int.MaxValue));
        var turn = first.Length > 0 ? (first == "a" ? 0 : 1) : random.Next(2);
        if (first.Length > 0 && (how is "team-draft" or "probabilistic")) throw new UsageException($"first: {how} draws who goes first; use alternate or balanced");
        var shown = how switch
        {
            "alternate" => TeamDraft.Alternating<string>(rankings, length, turn),
            "balanced" => BalancedInterleaving.Interleave<string>(rankings, length, turn),
            "probabilistic" => ProbabilisticInterleaving.Interleave<string>(rankings, length, random),
            _ => TeamDraft.Interleave<string>(rankings, length, random),
        };
        var output = new StatsOutput().Add("shown", shown.Select(p => p.Item)).Add("placedBy", shown.Select(p => p.Ranker == 0 ? "a" : "b"));
        if (!input.Has("clicks")) return output.ToJson();
        int[] clicks = [.. input.Counts("clicks").Select((c, i) => c >= 1 && c <= shown.Count ? (int)c - 1 : throw new UsageException($"clicks[{i}]: positions shown are 1 to {shown.Count}"))];
        double[] credit = how switch
        {
            "balanced" => [.. BalancedInterleaving.Credit(rankings, shown, clicks)],
            "probabilistic" => ProbabilisticInterleaving.Credit(rankings, shown, clicks),
            _ => [.. TeamDraft.Credit(shown, clicks)],
        };
        return output.Add("aCredit", credit[0]).Add("bCredit", credit[1]).ToJson();
    }
}
