namespace Assay.Evaluation.Tests.Calibrating;

public sealed class JudgeCalibrationTests
{
    private const string Audit = """
        item,human,judge,order
        1,A,A,A
        2,B,B,A
        3,A,B,B
        4,TIE,TIE,A
        5,B,B,B
        6,A,A,B
        7,B,A,A
        8,B,B,B
        """;

    [Fact]
    public void Run_AuditExample_IsSixOfEightAndToBeRecalibrated()
    {
        var record = JudgeCalibration.Run(LabelFile.Parse(Audit, "audit.csv").Labels, new CalibrationPolicy());
        Assert.Equal((8, 0.75, CalibrationDecision.Recalibrate), (record.N, record.Agreement, record.Decision));
        Assert.Equal((0.41, 0.93), (Math.Round(record.Interval!.Value.Low, 2), Math.Round(record.Interval.Value.High, 2)));
        Assert.Equal((2, 1, 1), (record.Confusion["A"]["A"], record.Confusion["A"]["B"], record.Confusion["B"]["A"]));
        Assert.Contains("Recalibrate judge", record.Text, StringComparison.Ordinal);
        Assert.Contains("too few to tell (plausible .41 to .93)", record.Text, StringComparison.Ordinal);
        // Items 3 and 7: both times the judge took what was shown first and the human did not.
        Assert.Equal(2.0 / 8, record.OrderBias!.Bias!.Value, 1e-12);
        Assert.Null(record.LengthBias);
    }

    [Fact]
    public void Run_FewButGoodLabels_AreTooFewToTell()
    {
        JudgeLabel[] labels = [.. Enumerable.Range(0, 10).Select(i => Label(i, i % 2 == 0 ? "A" : "B", i % 2 == 0 ? "A" : "B"))];
        var record = JudgeCalibration.Run(labels, new CalibrationPolicy());
        Assert.Equal(CalibrationDecision.TooFewToTell, record.Decision);
        Assert.Equal(1, record.Kappa);
        Assert.Null(record.KappaInterval);
    }

    [Fact]
    public void Run_LabelsThatTheJudgeHasSeen_AreSetAside()
    {
        JudgeLabel[] labels = [.. Enumerable.Range(0, 40).Select(i => Label(i, i % 2 == 0 ? "A" : "B", i % 2 == 0 || i < 10 ? "A" : "B"))];
        var all = JudgeCalibration.Run(labels, new CalibrationPolicy());
        var rest = JudgeCalibration.Run(labels, new CalibrationPolicy { SeenLabels = [.. labels.Skip(10).Select(l => LabelHash.Of(l.Item))] });
        Assert.Equal((40, 0, CalibrationDecision.Calibrated), (all.N, all.SetAside, all.Decision));
        Assert.Equal((10, 30, CalibrationDecision.Recalibrate), (rest.N, rest.SetAside, rest.Decision));
        var none = JudgeCalibration.Run(labels, new CalibrationPolicy { SeenLabels = [.. labels.Select(l => LabelHash.Of(l.Item))] });
        Assert.Null(none.Agreement);
        Assert.NotEqual(CalibrationDecision.Calibrated, none.Decision);
        Assert.Contains("cannot calibrate", none.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_KappaBelowItsThreshold_IsToBeRecalibrated()
    {
        // 95 % agree, but only because nearly all are A.
        JudgeLabel[] labels = [.. Enumerable.Range(0, 40).Select(i => Label(i, i == 0 ? "B" : "A", i == 1 ? "B" : "A"))];
        Assert.Equal(CalibrationDecision.Calibrated, JudgeCalibration.Run(labels, new CalibrationPolicy()).Decision);
        Assert.Equal(CalibrationDecision.Recalibrate, JudgeCalibration.Run(labels, new CalibrationPolicy { MinimumKappa = 0.4 }).Decision);
        Assert.Throws<ArgumentOutOfRangeException>(() => JudgeCalibration.Run(labels, new CalibrationPolicy { MinimumAgreement = 80 }));
    }

    [Fact]
    public void Run_LengthColumns_ShowWhatTheJudgeAddsForLength()
    {
        JudgeLabel[] labels = [.. Enumerable.Range(0, 40).Select(i => Label(i, i % 2 == 0 ? "A" : "B", i % 4 == 0 ? "B" : i % 2 == 0 ? "A" : "B") with { LengthA = 100, LengthB = 200 })];
        var record = JudgeCalibration.Run(labels, new CalibrationPolicy());
        Assert.Equal((0.75, 0.5, 0.25), (record.LengthBias!.Judge, record.LengthBias.Human, record.LengthBias.Bias));
        Assert.True(record.LengthBias.Interval!.Value.Low > 0);
    }

    [Fact]
    public void Run_NumberLabels_HaveWeightedKappa()
    {
        JudgeLabel[] labels = [.. Enumerable.Range(0, 50).Select(i => Label(i, (1 + i % 5).ToString(null, null), (1 + (i % 5 == 4 ? 3 : i % 5)).ToString(null, null)))];
        var record = JudgeCalibration.Run(labels, new CalibrationPolicy());
        Assert.True(record.WeightedKappa > record.Kappa);
        Assert.Null(record.OrderBias);
    }

    [Theory]
    [InlineData("item,human,judge\n1,A,A\n2,B", "f.csv:3: there are 2 fields, and 3 columns")]
    [InlineData("item,human\n1,A", "f.csv:1: the column 'judge' is missing")]
    [InlineData("item,human,judge,orderr\n1,A,A,B", "f.csv:1: unknown column 'orderr'; did you mean 'order'?")]
    [InlineData("item,human,judge\n1,A,A\n1,B,B", "f.csv:3: item '1' was already labelled on line 2")]
    [InlineData("item,human,judge\n1,,A", "f.csv:2: human is empty")]
    [InlineData("item,human,judge,order\n1,A,A,first", "f.csv:2: order is 'first'")]
    [InlineData("item,human,judge,lengthA\n1,A,A,long", "f.csv:2: lengthA is 'long'")]
    [InlineData("item,human,judge\n\"1,A,A", "f.csv:2: a quoted field is not closed")]
    [InlineData("", "f.csv: there are no labels")]
    [InlineData("{\"item\": \"1\", \"human\": \"A\", \"judge\": \"A\"}\n{\"item\": ", "f.csv:2: this is not one JSON object")]
    [InlineData("{\"item\": \"1\", \"human\": \"A\", \"judg\": \"A\"}", "f.csv:1: unknown key 'judg'; did you mean 'judge'?")]
    public void Parse_BadInput_NamesTheLine(string text, string expected) => Assert.Contains(LabelFile.Parse(text, "f.csv").Problems, p => p.Contains(expected, StringComparison.Ordinal));

    [Fact]
    public void Parse_JsonLinesAndQuotedCsv_AreTheSameLabels()
    {
        var csv = LabelFile.Parse("item,human,judge,lengthA\r\n\"say \"\"hi\"\",\nplease\",a,Tie,12\r\n", "f").Labels.Single();
        var json = LabelFile.Parse("""{"item": "say \"hi\",\nplease", "human": "A", "judge": "TIE", "lengthA": 12}""", "f").Labels.Single();
        Assert.Equal(csv with { Line = 0 }, json with { Line = 0 });
    }

    private static JudgeLabel Label(int i, string human, string judge) => new($"q{i}", human, judge, null, null, null, i);
}
