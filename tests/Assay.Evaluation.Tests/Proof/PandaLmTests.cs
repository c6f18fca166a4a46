using Assay.Evaluation.Tests.Judges;

namespace Assay.Evaluation.Tests.Proof;

/// <summary>999 pairs of responses with three humans' verdicts and two judges'.</summary>
[Trait("Kind", "reference")]
public sealed class PandaLmTests
{
    [Theory]
    [InlineData("human1", "human2", 0.852)]
    [InlineData("human1", "human3", 0.879)]
    [InlineData("human2", "human3", 0.862)]
    public void Calibrate_HumanAgainstHuman_HasThePublishedKappa(string one, string other, double kappa)
    {
        var record = JudgeCalibration.Run([.. CsvRows.Of("pandalm/human_vs_judges.csv").Select((r, i) => new JudgeLabel($"{i}", Verdict(r[one]), Verdict(r[other]), null, null, null, i))], new CalibrationPolicy());
        Assert.Equal(kappa, record.Kappa!.Value, 0.0005);
        Assert.True(record.KappaInterval!.Value.Contains(kappa));
        Assert.Equal(CalibrationDecision.Calibrated, record.Decision);
    }

    /// <summary>The recorded judge behind the port: it sees two texts in the order that the coin gave, and its verdicts come back on the right variant.</summary>
    [Theory]
    [InlineData("gpt35", 0.711)]
    [InlineData("pandalm7b", 0.668)]
    public async Task Judge_RecordedVerdicts_AgreeWithHumansAsPublished(string column, double agreement)
    {
        var rows = CsvRows.Of("pandalm/human_vs_judges.csv");
        var caller = new FakeCaller(call =>
        {
            var shown = Given.Block(call, "ANSWER A").Split(' ');
            var verdict = Verdict(rows[int.Parse(shown[0], null)][column]);
            var swapped = shown[1] == "two";
            return $$"""{"winner": "{{(verdict == "TIE" ? "TIE" : verdict == "A" != swapped ? "A" : "B")}}"}""";
        });
        var judge = new Judge(Given.Judge(JudgeMode.Pairwise), caller);
        var labels = new List<JudgeLabel>();
        var firsts = 0;
        for (var i = 0; i < rows.Count; i++)
        {
            var verdict = (await judge.CompareAsync(Given.Case($"{i}"), Given.Said("one", $"{i} one"), Given.Said("two", $"{i} two"), 0)).Verdicts.Single();
            if (verdict.ShownFirst == "two") firsts++;
            labels.Add(new JudgeLabel($"{i}", Majority(rows[i]), verdict.TreatmentScore switch { 1 => "B", 0 => "A", _ => "TIE" }, verdict.ShownFirst == "one" ? "A" : "B",
                CsvRows.Number(rows[i]["response1_chars"]), CsvRows.Number(rows[i]["response2_chars"]), i));
        }
        Assert.InRange(firsts, 440, 560);
        var record = JudgeCalibration.Run(labels, new CalibrationPolicy());
        Assert.Equal(agreement, record.Agreement!.Value, 0.0005);
        Assert.Equal(CsvRows.Expected("pandalm").GetProperty("kappa").GetProperty($"majority-{column} (garbage->tie)")[0].GetDouble(), record.Kappa!.Value, 1e-9);
        Assert.Equal(CalibrationDecision.Recalibrate, record.Decision);
        Assert.NotNull(record.LengthBias!.Interval);
    }

    // 1 or 2 wins; everything else, unreadable verdicts too, was published as a tie.
    private static string Verdict(string text) => text switch { "1" => "A", "2" => "B", _ => "TIE" };

    private static string Majority(Dictionary<string, string> row)
    {
        string[] votes = [Verdict(row["human1"]), Verdict(row["human2"]), Verdict(row["human3"])];
        return votes.GroupBy(v => v).FirstOrDefault(g => g.Count() > 1)?.Key ?? "TIE";
    }
}
