using System.Text.Json;

namespace Assay.Evaluation.Tests.Judges;

public sealed class JudgeReaderTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("assay-judges").FullName;

    public JudgeReaderTests() => File.WriteAllText(Path.Combine(folder, "rubric.yaml"), "rubric: quality\ntask: Judge it.\naxes: [{ key: clarity, anchors: { 1: bad, 5: good } }]\n");

    public void Dispose() => Directory.Delete(folder, true);

    [Fact]
    public void Read_ContractsExample_IsAScoringJudge()
    {
        var (spec, problems) = Read("{ key: quality, upstream: openai, model: gpt-4o, rubric: rubric.yaml, mode: score }");
        Assert.Empty(problems);
        Assert.Equal(("quality", JudgeMode.Score, 1, 7), (spec!.Key, spec.Mode, spec.Repeats, spec.Seed));
        Assert.Equal(new JudgeMember("openai", "gpt-4o"), Assert.Single(spec.Members));
        Assert.Equal("clarity", spec.Rubric.Axes[0].Key);
        Assert.False(spec.IsCalibrated);
    }

    [Fact]
    public void Read_PanelWithEverything_IsReadInFull()
    {
        var (spec, problems) = Read("{ key: best, upstream: openai, panel: [{ model: a }, { upstream: local, model: b }], panelRule: vote, preset: helpfulness, mode: pairwise, orders: both, form: final-line, repeats: 2, parameters: { temperature: 0.5, seed: 3 } }");
        Assert.Empty(problems);
        Assert.Equal((PanelRule.Vote, OrderRule.Both, ReplyForm.FinalLine, 2), (spec!.Panel, spec.Orders, spec.Form, spec.Repeats));
        Assert.Equal(["openai a", "local b"], spec.Members.Select(m => $"{m.Upstream} {m.Model}"));
        Assert.Equal("0.5", spec.Parameters["temperature"].GetRawText());
        Assert.Equal(8, new Judge(spec, new FakeCaller(_ => "")).CallsPerItem);
    }

    [Fact]
    public void Read_RetrievalMode_NeedsNoRubric()
    {
        var (spec, problems) = Read("{ key: grounded, upstream: u, model: m, mode: faithfulness }");
        Assert.Empty(problems);
        Assert.Equal(JudgeMode.Faithfulness, spec!.Mode);
    }

    [Fact]
    public void Read_Calibration_HoldsForJustThisJudge()
    {
        var (plain, _) = Read("{ key: quality, upstream: u, model: m, rubric: rubric.yaml }");
        JudgeLabel[] labels = [.. Enumerable.Range(0, 40).Select(i => new JudgeLabel($"{i}", i % 2 == 0 ? "A" : "B", i % 2 == 0 ? "A" : "B", null, null, null, i))];
        var record = JudgeCalibration.Run(labels, new CalibrationPolicy { JudgeHashes = [JudgeConfiguration.Of(plain!, plain!.Members[0]).Hash] });
        File.WriteAllText(Path.Combine(folder, "calibration.json"), JsonSerializer.Serialize(record, CalibrationJson.Default.CalibrationRecord));
        Assert.True(Read("{ key: quality, upstream: u, model: m, rubric: rubric.yaml, calibration: calibration.json }").Spec!.IsCalibrated);
        // Another model is another judge.
        Assert.False(Read("{ key: quality, upstream: u, model: n, rubric: rubric.yaml, calibration: calibration.json }").Spec!.IsCalibrated);
    }

    [Theory]
    [InlineData("{ upstream: u, model: m, rubric: rubric.yaml }", "key is missing")]
    [InlineData("{ key: q, model: m, rubric: rubric.yaml }", "upstream is missing")]
    [InlineData("{ key: q, upstream: u, rubric: rubric.yaml }", "model is missing")]
    [InlineData("{ key: q, upstream: u, model: m }", "rubric is missing")]
    [InlineData("{ key: q, upstream: u, model: m, rubric: none.yaml }", "none.yaml")]
    [InlineData("{ key: q, upstream: u, model: m, preset: helpfullness }", "did you mean 'helpfulness'?")]
    [InlineData("{ key: q, upstream: u, model: m, rubric: rubric.yaml, mode: pair-wise }", "did you mean 'pairwise'?")]
    [InlineData("{ key: q, upstream: u, model: m, rubric: rubric.yaml, repeats: 0 }", "repeats must be")]
    [InlineData("{ key: q, upstream: u, model: m, rubric: rubric.yaml, ordres: both }", "unknown key 'ordres'")]
    [InlineData("{ key: q, upstream: u, panel: [{ model: a }, { model: a }], rubric: rubric.yaml }", "on the panel twice")]
    [InlineData("{ key: q, upstream: u, model: m, mode: faithfulness, rubric: rubric.yaml }", "takes no rubric")]
    [InlineData("{ key: q, upstream: u, model: m, rubric: rubric.yaml, calibration: rubric.yaml }", "is no calibration")]
    public void Read_WrongDeclaration_SaysWhat(string yaml, string expected) =>
        Assert.Contains(Read(yaml).Problems, p => p.Contains(expected, StringComparison.Ordinal));

    private (JudgeSpec? Spec, string[] Problems) Read(string yaml)
    {
        var result = JudgeReader.ReadText($"judges: [{yaml}]", "suite.yaml", folder, 7);
        return (result.Judges.FirstOrDefault(), [.. result.Problems.Select(p => p.ToString())]);
    }
}
