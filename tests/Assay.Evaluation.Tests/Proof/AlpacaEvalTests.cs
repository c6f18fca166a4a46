using System.Text.Json;
using Assay.Testing;

namespace Assay.Evaluation.Tests.Proof;

/// <summary>A judge's graded preferences on 805 instructions.</summary>
[Trait("Kind", "reference")]
public sealed class AlpacaEvalTests
{
    [Fact]
    public void Compare_PromptVariants_ArePairedByInstruction()
    {
        string[] variants = ["gpt-3.5-turbo-1106", "gpt-3.5-turbo-1106_concise", "gpt-3.5-turbo-1106_verbose"];
        ScoreRow[] rows = [.. File.ReadLines(SharedData.Require("data/alpacaeval/prompt_variants_gpt35_1106.jsonl")).Select(l => JsonDocument.Parse(l).RootElement).SelectMany(r => variants.Select(v =>
            new ScoreRow { Variant = v, Case = r.GetProperty("index").ToString(), Repeat = 0, Metric = "preferred", Judge = "gpt4", Value = r.GetProperty("variants").GetProperty(v).GetProperty("preference").GetDouble() - 1 }))];
        var result = ArenaComparison.Compare(rows, [], new ComparisonOptions { Control = variants[0] });
        var concise = result.Comparisons.Single(c => c.Treatment == variants[1]);
        Assert.Equal((805, "paired-t"), (concise.Units, concise.Method));
        Assert.Equal(-0.01762, concise.Difference!.Value, 0.000005);
        Assert.Equal(0.00814, concise.PValue!.Value, 0.000005);
        Assert.Equal(0.150, concise.UnpairedPValue!.Value, 0.0005);
        Assert.Contains(result.Notes, n => n.Contains("paired by case p = 0.0081; unpaired it would have been 0.1496", StringComparison.Ordinal));
        var expected = CsvRows.Expected("prompt_variants").GetProperty("gpt-3.5-turbo-1106_concise minus gpt-3.5-turbo-1106");
        Assert.Equal(expected.GetProperty("diff").GetDouble(), concise.Difference.Value, 1e-12);
        Assert.Equal(expected.GetProperty("paired_se").GetDouble(), concise.StandardError!.Value, 1e-12);
        Assert.Equal(expected.GetProperty("paired_p").GetDouble(), concise.PValue.Value, 1e-10);
        Assert.Equal(expected.GetProperty("welch_p").GetDouble(), concise.UnpairedPValue.Value, 1e-9);
        // Two treatments against one control are one family.
        Assert.Equal(concise.PValue.Value, concise.AdjustedPValue!.Value, 1e-12);
        Assert.Equal(2 * result.Comparisons.Single(c => c.Treatment == variants[2]).PValue!.Value, result.Comparisons.Single(c => c.Treatment == variants[2]).AdjustedPValue!.Value, 1e-12);
    }

    [Fact]
    public void Compare_TwentyNineModels_HaveThePublishedWinRatesAndErrors()
    {
        var expected = CsvRows.Expected("alpacaeval_winrates");
        var models = Verdicts();
        Assert.Equal(29, models.Count);
        foreach (var (model, verdicts) in models)
        {
            var row = ArenaComparison.Compare([], verdicts, new ComparisonOptions { Control = "baseline" }).Comparisons.Single();
            Assert.Equal(expected.GetProperty(model).GetProperty("n").GetInt32(), row.Units);
            Assert.Equal(expected.GetProperty(model).GetProperty("win_rate").GetDouble(), 100 * row.TreatmentValue!.Value, 1e-9);
            // The difference is wins − losses, so its error is twice that of the win rate.
            Assert.Equal(expected.GetProperty(model).GetProperty("se").GetDouble(), 100 * row.StandardError!.Value / 2, 1e-9);
        }
    }

    /// <summary>The order of an instruction is the same for all models, so that they are no 26 witnesses: instructions shown in one order differ in difficulty.</summary>
    [Fact]
    public void Effects_OfTheOrderShown_AreTheKnownOnes()
    {
        var expected = CsvRows.Expected("alpacaeval_position_effect");
        var seen = 0;
        foreach (var (model, verdicts) in Verdicts())
        {
            if (!expected.TryGetProperty(model, out var of)) continue;
            seen++;
            PairwiseRow[] known = [.. verdicts.Where(v => v.ShownFirst.Length > 0)];
            var position = JudgeEffects.Of(known, [], new Dictionary<string, string>(), new Dictionary<string, string>(), "baseline", 0.05).Single().Position!;
            Assert.Equal((of.GetProperty("n_model_first").GetInt32(), of.GetProperty("n_model_second").GetInt32()), (position.ShownFirst, position.ShownSecond));
            Assert.Equal(of.GetProperty("diff_pp").GetDouble(), 100 * position.Difference!.Value, 1e-9);
            Assert.Equal(of.GetProperty("se_pp").GetDouble(), 100 * position.StandardError!.Value, 1e-9);
            Assert.True(position.Interval!.Value.Low > 0);
        }
        Assert.Equal(26, seen);
    }

    private static Dictionary<string, List<PairwiseRow>> Verdicts() => CsvRows.Of("alpacaeval/annotations_reduced.csv").Where(r => r["preference"].Length > 0).GroupBy(r => r["generator_2"])
        .ToDictionary(m => m.Key, m => m.Select(r => new PairwiseRow
        {
            Case = r["index"],
            Repeat = 0,
            Metric = "preferred",
            A = "baseline",
            B = m.Key,
            TreatmentScore = CsvRows.Number(r["preference"]) - 1,
            ShownFirst = r["first_shown"] switch { "2.0" => m.Key, "1.0" => "baseline", _ => "" },
            Judge = "gpt4",
            LengthA = (int)CsvRows.Number(r["len_1"]),
            LengthB = (int)CsvRows.Number(r["len_2"]),
        }).ToList());
}
