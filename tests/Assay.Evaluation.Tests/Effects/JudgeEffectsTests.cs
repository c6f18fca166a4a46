namespace Assay.Evaluation.Tests.Effects;

public sealed class JudgeEffectsTests
{
    private static readonly Dictionary<string, string> Variants = new() { ["a"] = "openai/gpt-4o", ["b"] = "claude-3-haiku" };
    private static readonly Dictionary<string, string> Judges = new() { ["own"] = "gpt-4o-mini", ["other"] = "gemini-2" };

    [Fact]
    public void Of_JudgeThatTakesTheLast_ShowsAFullPositionEffect()
    {
        var effect = Assert.Single(JudgeEffects.Of([.. Enumerable.Range(0, 40).Select(i => Verdict(i, i % 2 == 0, i % 2 == 0 ? 0 : 1))], [], Variants, Judges, "a", 0.05));
        Assert.Equal((20, 20, 1.0), (effect.Position!.ShownFirst, effect.Position.ShownSecond, effect.Position.Difference));
        // Nothing varies about a full effect: no error, and no interval in its place.
        Assert.Null(effect.Position.Interval);
    }

    [Fact]
    public void Of_BothOrders_PairsByCaseAndCountsTheConsistent()
    {
        PairwiseRow[] rows = [.. Enumerable.Range(0, 20).SelectMany(i => new[] { Verdict(i, true, i < 5 ? 0 : i % 2), Verdict(i, false, i < 5 ? 1 : i % 2) })];
        var position = JudgeEffects.Of(rows, [], Variants, Judges, "a", 0.05)[0].Position!;
        Assert.Equal((20, 0.75, 0.25), (position.CasesInBothOrders, position.Consistent, position.Difference));
        Assert.True(position.Interval!.Value.Low > 0);
    }

    [Fact]
    public void Of_OneOrderOnly_IsNotEstimable()
    {
        var effect = JudgeEffects.Of([.. Enumerable.Range(0, 9).Select(i => Verdict(i, true, i % 2))], [], Variants, Judges, "a", 0.05)[0];
        Assert.Null(effect.Position!.Difference);
        Assert.Contains("only one order", effect.Position.Reason, StringComparison.Ordinal);
        Assert.Contains("not recorded", effect.Length!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_JudgeThatFavoursItsFamily_IsHeldAgainstTheOther()
    {
        // The own judge gives its family's variant "a" 70 %, the other judge 50 % on the same cases.
        PairwiseRow[] rows =
        [
            .. Enumerable.Range(0, 100).Select(i => Verdict(i, i % 3 == 0, i % 10 < 7 ? 0 : 1) with { Judge = "own" }),
            .. Enumerable.Range(0, 100).Select(i => Verdict(i, i % 3 == 0, i % 10 < 5 ? 0 : 1) with { Judge = "other" }),
        ];
        var effects = JudgeEffects.Of(rows, [], Variants, Judges, "a", 0.05);
        var self = effects.Single(e => e.Judge == "own").Self!;
        Assert.Equal(("a", 1, 100), (self.Variant, self.OtherJudges, self.Cases));
        Assert.Equal(0.2, self.Difference!.Value, 1e-12);
        Assert.True(self.Interval!.Value.Low > 0);
        Assert.Null(effects.Single(e => e.Judge == "other").Self);
        Assert.Contains("own family", effects.Single(e => e.Judge == "own").Text, StringComparison.Ordinal);
        var alone = JudgeEffects.Of([.. rows.Where(r => r.Judge == "own")], [], Variants, Judges, "a", 0.05)[0].Self!;
        Assert.Null(alone.Difference);
        Assert.Contains("another family", alone.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_ScoresOfSingleAnswers_ShowSelfPreferenceToo()
    {
        ScoreRow[] rows = [.. from c in Enumerable.Range(0, 30) from j in (string[])["own", "other"] from v in (string[])["a", "b"]
            select new ScoreRow { Variant = v, Case = $"c{c}", Repeat = 0, Metric = "q", Judge = j, Value = 3 + c % 2 + (j == "own" && v == "a" ? c % 3 == 0 ? 1 : 0.5 : 0) }];
        var effect = Assert.Single(JudgeEffects.Of([], rows, Variants, Judges, "a", 0.05));
        Assert.Equal(2.0 / 3, effect.Self!.Difference!.Value, 1e-12);
        Assert.Null(effect.Position);
    }

    [Theory]
    [InlineData("gpt-4o", "openai/gpt-3.5-turbo", true)]
    [InlineData("claude-3-5-sonnet", "gpt-4o", false)]
    [InlineData("Llama-3-70b", "meta/llama3-8b", true)]
    public void Same_ModelNames_AreKinByTheirLeadingLetters(string a, string b, bool expected) => Assert.Equal(expected, ModelFamily.Same(a, b));

    private static PairwiseRow Verdict(int i, bool treatmentFirst, double score) =>
        new() { Case = $"c{i}", Repeat = 0, Metric = "preferred", A = "a", B = "b", TreatmentScore = score, ShownFirst = treatmentFirst ? "b" : "a", Judge = "own" };
}
