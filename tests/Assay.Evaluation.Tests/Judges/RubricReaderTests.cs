namespace Assay.Evaluation.Tests.Judges;

public sealed class RubricReaderTests
{
    private const string Good = """
        rubric: quality
        task: Judge it.
        needs: [context]
        axes:
          - key: clarity
            anchors: { 1: Confusing or vague, 3: Readable but wordy, 5: Direct and easy to follow }
            pass: 4
        examples:
          - { item: q17, input: Hi, answer: Hello., scores: { clarity: 5 }, reason: short }
        usedLabels: { items: [q1, q2] }
        """;

    [Fact]
    public void ReadText_Rubric_IsReadInFull()
    {
        var rubric = RubricReader.ReadText(Good).Rubric!;
        Assert.Equal("Readable but wordy", rubric.Axes[0].Anchors[3]);
        Assert.Equal((true, false, 4), (rubric.NeedsContext, rubric.NeedsExpected, rubric.Axes[0].Pass));
        Assert.Equal(3, rubric.LabelsSeen.Count);
        Assert.Contains(LabelHash.Of("q17"), rubric.LabelsSeen);
    }

    [Theory]
    [InlineData("task: x\naxes: [{ key: a, anchors: { 1: b, 5: c } }]", "rubric is missing")]
    [InlineData("rubric: r\ntask: x", "axes is missing")]
    [InlineData("rubric: r\ntask: x\naxes: []", "at least one axis")]
    [InlineData("rubric: r\ntask: x\naxes: [{ key: a }]", "anchors is missing")]
    [InlineData("rubric: r\ntask: x\naxes: [{ key: a, anchors: { 1: b } }]", "at least 2 scores")]
    [InlineData("rubric: r\ntask: x\naxes: [{ key: a, anchors: { 1: b, 7: c, 5: d } }]", "'7' is no score")]
    [InlineData("rubric: r\ntask: x\naxes: [{ key: a, anchors: { 1: b, 5: c } }, { key: a, anchors: { 1: b, 5: c } }]", "two axes 'a'")]
    [InlineData("rubric: r\ntask: x\nneeds: contxt\naxes: [{ key: a, anchors: { 1: b, 5: c } }]", "did you mean 'context'?")]
    [InlineData("rubric: r\ntask: x\naxess: []\naxes: [{ key: a, anchors: { 1: b, 5: c } }]", "unknown key 'axess'")]
    [InlineData("", "no rubric")]
    public void ReadText_WrongRubric_SaysWhatAndWhere(string yaml, string expected)
    {
        var result = RubricReader.ReadText(yaml, "r.yaml");
        Assert.Null(result.Rubric);
        Assert.Contains(result.Problems, p => p.ToString().Contains(expected, StringComparison.Ordinal) && p.ToString().StartsWith("r.yaml", StringComparison.Ordinal));
    }

    [Fact]
    public void Hash_OnlyWhatTheJudgeReads_ChangesIt()
    {
        var hash = RubricReader.ReadText(Good).Rubric!.Hash;
        Assert.Equal(hash, RubricReader.ReadText(Good.Replace("items: [q1, q2]", "items: [q1]", StringComparison.Ordinal)).Rubric!.Hash);
        Assert.NotEqual(hash, RubricReader.ReadText(Good.Replace("wordy", "long", StringComparison.Ordinal)).Rubric!.Hash);
        Assert.Equal(64, hash.Length);
    }

    [Fact]
    public void Presets_All_AreReadAndNamedAsTheirFile()
    {
        Assert.Equal(["factuality", "helpfulness", "policy-compliance", "safety", "sentiment", "toxicity"], Presets.Names);
        Assert.All(Presets.Names, name => Assert.Equal(name, Presets.Find(name)!.Key));
        Assert.True(Presets.Find("factuality")!.NeedsContext);
        Assert.False(Presets.Find("toxicity")!.Axes[0].HigherIsBetter);
        Assert.Null(Presets.Find("none"));
    }
}
