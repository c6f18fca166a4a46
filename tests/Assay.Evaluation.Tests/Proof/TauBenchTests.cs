namespace Assay.Evaluation.Tests.Proof;

/// <summary>A support agent on 50 airline tasks, four times each.</summary>
[Trait("Kind", "reference")]
public sealed class TauBenchTests
{
    [Fact]
    public void Compare_FourTrialsPerTask_HasThePublishedReliabilityAndAnHonestError()
    {
        ScoreRow[] rows = [.. CsvRows.Of("tau-bench/airline_gpt4o_trials.csv").Select(r =>
            new ScoreRow { Variant = "gpt-4o", Case = r["task_id"], Repeat = int.Parse(r["trial"], null), Metric = "solved", IsBinary = true, Value = CsvRows.Number(r["reward"]) })];
        var reliability = ArenaComparison.Compare(rows, [], new ComparisonOptions { Control = "gpt-4o" }).Reliability;
        Assert.Equal([0.42, 0.27333, 0.22, 0.20], reliability.Select(r => Math.Round(r.Estimate!.Value, 5)));
        var expected = CsvRows.Expected("tau_airline_se");
        Assert.Equal(0.0349, reliability[0].NaiveStandardError!.Value, 0.00005);
        Assert.Equal(expected.GetProperty("naive_se").GetDouble(), reliability[0].NaiveStandardError!.Value, 1e-12);
        Assert.Equal(expected.GetProperty("cluster_by_task_se").GetDouble(), reliability[0].StandardError!.Value, 1e-12);
        Assert.Equal(0.0522, reliability[0].StandardError!.Value, 0.00005);
    }
}
