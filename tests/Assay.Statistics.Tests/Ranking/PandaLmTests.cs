using System.Globalization;
using System.Text.Json;
using Assay.Statistics.Tests.Reference;
using Assay.Testing;

namespace Assay.Statistics.Tests.Ranking;

/// <summary>999 response pairs with three human verdicts and two judges': kappas, half-win strengths and Elo ratings as published tools give them.</summary>
[Trait("Kind", "reference")]
public sealed class PandaLmTests
{
    private static readonly string[] Models = ["bloom-7b", "cerebras-gpt-6.7B", "llama-7b", "opt-7b", "pythia-6.9b"];

    [Theory]
    [InlineData("human_majority")]
    [InlineData("gpt35")]
    [InlineData("pandalm7b")]
    public void BradleyTerryAndElo_PublishedVerdicts_HaveTheKnownRatings(string judge)
    {
        Game[] games = [.. Rows().Select((row, i) =>
        {
            var pair = row[1].Split('_');
            int verdict = judge switch { "gpt35" => Verdict(row[6]), "pandalm7b" => Verdict(row[7]), _ => Majority(row) };
            return new Game(
                Array.IndexOf(Models, pair[0]), Array.IndexOf(Models, pair[1]),
                verdict switch { 1 => GameOutcome.LeftWins, 2 => GameOutcome.RightWins, _ => GameOutcome.Tie }, i);
        })];
        var expected = Expected().GetProperty(judge);
        var fit = BradleyTerry.Fit(games, 5, TieRule.HalfWins).Value;
        var elo = Elo.Rate(games, 5);
        for (var m = 0; m < 5; m++)
        {
            Assert.Equal(expected.GetProperty("bt").Number(Models[m]), fit.Ratings[m], 0.01);
            Oracle.Rounded(expected.GetProperty("elo_k4_in_file_order").Number(Models[m]), elo[m], 4);
        }
    }

    [Theory]
    [InlineData("human1-human2", 3, 4)]
    [InlineData("human1-human3", 3, 5)]
    [InlineData("human2-human3", 4, 5)]
    public void CohensKappa_HumanPairs_Agree(string key, int first, int second)
    {
        var rows = Rows();
        var result = CohensKappa.Estimate([.. rows.Select(r => Verdict(r[first]))], [.. rows.Select(r => Verdict(r[second]))], 3, KappaWeights.Unweighted, 0.05).Value;
        var expected = Expected().GetProperty("kappa").GetProperty(key);
        Oracle.Near(expected[0].GetDouble(), result.Coefficient, 1e-9);
        Oracle.Near(expected[1].GetDouble(), result.ObservedAgreement, 1e-9);
    }

    private static string[][] Rows() => [.. File.ReadLines(SharedData.Require("data/pandalm/human_vs_judges.csv")).Skip(1).Select(l => l.Split(','))];

    private static JsonElement Expected()
    {
        using var file = File.OpenRead(SharedData.Require("oracles/evaluation.json"));
        return JsonSerializer.Deserialize<JsonElement>(file).GetProperty("pandalm");
    }

    // 1 or 2 wins; everything else, unreadable verdicts too, is a tie.
    private static int Verdict(string text) => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var v) && (v is 1 or 2) ? v : 0;

    private static int Majority(string[] row)
    {
        int[] votes = [Verdict(row[3]), Verdict(row[4]), Verdict(row[5])];
        return votes[0] == votes[1] || votes[0] == votes[2] ? votes[0] : votes[1] == votes[2] ? votes[1] : 0;
    }
}
