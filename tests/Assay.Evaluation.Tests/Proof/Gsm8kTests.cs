namespace Assay.Evaluation.Tests.Proof;

/// <summary>1,319 questions solved by four recorded models.</summary>
[Trait("Kind", "reference")]
public sealed class Gsm8kTests
{
    [Fact]
    public void Compare_RecordedSolutions_HaveThePublishedRatesAndMcNemar()
    {
        string[] variants = ["6b_verification", "175b_finetuning", "175b_verification", "6b_finetuning"];
        ScoreRow[] rows = [.. from r in CsvRows.Of("gsm8k/model_solutions_correctness.csv") from v in variants
            select new ScoreRow { Variant = v, Case = r["index"], Repeat = 0, Metric = "correct", IsBinary = true, Value = CsvRows.Number(r[v + "_correct"]) }];
        var comparisons = ArenaComparison.Compare(rows, [], new ComparisonOptions { Control = "6b_verification" }).Comparisons;
        var row = comparisons.Single(c => c.Treatment == "175b_finetuning");
        // Only the smaller, verified model: 209; only the larger, finetuned one: 152.
        Assert.Equal((1319, 152, 209, "mcnemar-exact"), (row.Units, row.Wins, row.Losses, row.Method));
        Assert.Equal(0.00315, row.PValue!.Value, 0.000005);
        Assert.Equal(CsvRows.Expected("mcnemar").GetProperty("gsm8k 6b_verification vs 175b_finetuning").GetProperty("exact_p").GetDouble(), row.PValue.Value, 1e-12);
        Assert.Equal((39.0, 34.7), (Math.Round(100 * row.ControlValue!.Value, 1), Math.Round(100 * row.TreatmentValue!.Value, 1)));
        Assert.Equal([34.7, 56.3, 21.7], comparisons.Select(c => Math.Round(100 * c.TreatmentValue!.Value, 1)));
        Assert.True(row.Interval!.Value.High < 0);
    }
}
