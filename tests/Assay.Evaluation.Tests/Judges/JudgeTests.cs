using System.Collections.Immutable;

namespace Assay.Evaluation.Tests.Judges;

public sealed class JudgeTests
{
    [Fact]
    public async Task Score_TwoAxes_GivesARowEachWithTheConfigurationsHash()
    {
        var caller = new FakeCaller(_ => """{"reason": "short", "scores": {"clarity": 4, "accuracy": 2}}""");
        var judge = new Judge(Given.Judge(), caller);
        var judged = await judge.ScoreAsync(Given.Case(), Given.Said("control", "Soon."), 3);
        Assert.Equal(["quality.clarity 4", "quality.accuracy 2"], judged.Scores.Select(r => $"{r.Metric} {r.Value}"));
        Assert.All(judged.Scores, r => Assert.Equal((3, "quality", "short", judge.Configurations[0].Hash), (r.Repeat, r.Judge, r.Reason, r.JudgeHash)));
        Assert.Equal(new JudgeUsage(1, 0, 0, 0, 10, 5, 0.01), judged.Usage);
        var call = Assert.Single(caller.Calls);
        Assert.Equal("0", call.Parameters["temperature"].GetRawText());
        Assert.Equal("Soon.", Given.Block(call, "ANSWER"));
        Assert.Contains("clarity", call.Messages[0].Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Score_NonsenseTwice_IsAnErrorAndAskedTwiceOnly()
    {
        var caller = new FakeCaller(_ => "I would say 4 out of 5!");
        var judged = await new Judge(Given.Judge(), caller).ScoreAsync(Given.Case(), Given.Said("control", "Soon."), 0);
        Assert.Equal(2, caller.Calls.Count);
        Assert.All(judged.Scores, r => Assert.Equal((ScoreStatus.Error, null), (r.Status, r.Value)));
        Assert.Equal((2, 1, 1), (judged.Usage.Calls, judged.Usage.AskedAgain, judged.Usage.Unreadable));
        Assert.DoesNotContain("4 out of 5", caller.Calls.Last().Messages[2].Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Score_NonsenseOnce_IsReadTheSecondTime()
    {
        var asked = 0;
        var judged = await new Judge(Given.Judge(axes: ["tone"]), new FakeCaller(_ => asked++ == 0 ? "hm" : """{"scores": {"tone": 5}}""")).ScoreAsync(Given.Case(), Given.Said("v", "x"), 0);
        Assert.Equal(("quality", 5.0), (judged.Scores[0].Metric, judged.Scores[0].Value));
        Assert.Equal(1, judged.Usage.AskedAgain);
    }

    [Fact]
    public async Task Score_EndpointFails_IsAnErrorNotAZero()
    {
        var judged = await new Judge(Given.Judge(), new FakeCaller(_ => CallOutcome.Failed(CallFailure.RateLimited, "429"))).ScoreAsync(Given.Case(), Given.Said("v", "x"), 0);
        Assert.All(judged.Scores, r => Assert.Equal(ScoreStatus.Error, r.Status));
        Assert.Equal(1, judged.Usage.Failed);
    }

    [Fact]
    public async Task Score_RubricThatNeedsContext_CountsACaseWithoutItAsMissing()
    {
        var caller = new FakeCaller(_ => """{"scores": {"factuality": 5}}""");
        var spec = Given.Judge() with { Key = "factuality", Rubric = Presets.Find("factuality")! };
        var judge = new Judge(spec, caller);
        var without = await judge.ScoreAsync(Given.Case(), Given.Said("v", "x"), 0);
        Assert.Equal([ScoreStatus.Missing, ScoreStatus.Missing], without.Scores.Select(r => r.Status));
        Assert.Contains("context", without.Scores[0].Reason, StringComparison.Ordinal);
        Assert.Empty(caller.Calls);
        var with = await judge.ScoreAsync(Given.Case() with { Context = ["Parcels take 5 days."] }, Given.Said("v", "x"), 0);
        Assert.Equal([5.0, 1.0], with.Scores.Select(r => r.Value!.Value));
        Assert.Equal("Parcels take 5 days.", Given.Block(caller.Calls.Single(), "DOCUMENT 1"));
    }

    [Fact]
    public async Task Score_NoAnswer_IsMissingForEveryAxis()
    {
        var judged = await new Judge(Given.Judge(), new FakeCaller(_ => "")).ScoreAsync(Given.Case(), new Candidate("v", null), 0);
        Assert.Equal(2, judged.Scores.Length);
        Assert.All(judged.Scores, r => Assert.Equal(ScoreStatus.Missing, r.Status));
    }

    [Fact]
    public async Task Score_PerTurn_HasARowForEachTurnAndTheirMean()
    {
        var golden = new GoldenCase { Id = "c", Messages = [new("user", "a"), new("assistant", "b"), new("user", "c")] };
        var spec = Given.Judge() with { Key = "sentiment", Rubric = Presets.Find("sentiment")! };
        var judged = await new Judge(spec, new FakeCaller(_ => """{"turns": [{"turn": 1, "scores": {"sentiment": 2}}, {"turn": 2, "scores": {"sentiment": 5}}]}""")).ScoreAsync(golden, Given.Said("v", "d"), 0);
        Assert.Equal(["sentiment 3.5", "sentiment.turn1 2", "sentiment.turn2 5"], judged.Scores.Select(r => $"{r.Metric} {r.Value}"));
    }

    [Fact]
    public async Task Score_TokenProbabilities_WeightTheScores()
    {
        var text = """{"scores": {"tone": 4}}""";
        TokenLogProbability[] tokens = [new("""{"scores": {"tone":""", -0.1, []), new(" ", 0, []), new("4", Math.Log(0.6), [("4", Math.Log(0.6)), ("5", Math.Log(0.3)), ("x", Math.Log(0.1))]), new("}}", 0, [])];
        var caller = new FakeCaller(_ => CallOutcome.Of(new Answer { Text = text, LogProbabilities = [.. tokens] }));
        var judged = await new Judge(Given.Judge(axes: ["tone"]) with { UsesLogProbabilities = true }, caller).ScoreAsync(Given.Case(), Given.Said("v", "x"), 0);
        Assert.Equal((4 * 0.6 + 5 * 0.3) / 0.9, judged.Scores[0].Value!.Value, 1e-12);
        Assert.True(caller.Calls.Single().Parameters["logprobs"].GetBoolean());
        // Without them the written score stands.
        var plain = await new Judge(Given.Judge(axes: ["tone"]) with { UsesLogProbabilities = true }, new FakeCaller(_ => text)).ScoreAsync(Given.Case(), Given.Said("v", "x"), 0);
        Assert.Equal(4, plain.Scores[0].Value);
    }

    [Theory]
    [InlineData(JudgeMode.Faithfulness, """{"items": [{"text": "a", "holds": true}, {"text": "b", "holds": false}]}""", 0.5)]
    [InlineData(JudgeMode.AnswerRelevance, """{"items": [{"text": "a", "holds": true}]}""", 1.0)]
    [InlineData(JudgeMode.ContextRecall, """{"items": [{"text": "a", "holds": false}]}""", 0.0)]
    [InlineData(JudgeMode.ContextPrecision, """{"items": [{"text": "1", "holds": false}, {"text": "2", "holds": true}]}""", 0.5)]
    public async Task Score_Retrieval_IsAShareOrAveragePrecision(JudgeMode mode, string reply, double expected)
    {
        var golden = Given.Case() with { Context = ["one", "two"], Expected = "It arrives on Monday." };
        var judged = await new Judge(Given.Judge(mode), new FakeCaller(_ => reply)).ScoreAsync(golden, Given.Said("v", "x"), 0);
        Assert.Equal(("quality", expected), (judged.Scores[0].Metric, judged.Scores[0].Value));
        var bare = await new Judge(Given.Judge(mode), new FakeCaller(_ => reply)).ScoreAsync(Given.Case(), Given.Said("v", "x"), 0);
        Assert.Equal(mode == JudgeMode.AnswerRelevance ? ScoreStatus.Scored : ScoreStatus.Missing, bare.Scores[0].Status);
    }

    [Fact]
    public async Task Score_AnswerThatStatesNothing_IsMissingNotPerfect()
    {
        var judged = await new Judge(Given.Judge(JudgeMode.Faithfulness), new FakeCaller(_ => """{"items": []}""")).ScoreAsync(Given.Case() with { Context = ["x"] }, Given.Said("v", "Hello!"), 0);
        Assert.Equal(ScoreStatus.Missing, judged.Scores[0].Status);
    }

    [Fact]
    public void AveragePrecision_UsefulDocumentsFirst_IsOne()
    {
        Assert.Equal(1, RetrievalScore.AveragePrecision([true, true, false]));
        Assert.Equal((1.0 / 2 + 2.0 / 4) / 2, RetrievalScore.AveragePrecision([false, true, false, true]), 1e-12);
        Assert.Equal(0, RetrievalScore.AveragePrecision([false, false]));
    }

    [Fact]
    public void Configuration_AnythingThatTheJudgeSees_ChangesItsHash()
    {
        var spec = Given.Judge();
        string Hash(JudgeSpec s) => JudgeConfiguration.Of(s, s.Members[0]).Hash;
        JudgeSpec[] others =
        [
            spec with { Members = [new("openai", "other")] }, spec with { Rubric = spec.Rubric with { Task = "Judge harder." } }, spec with { Mode = JudgeMode.Pairwise },
            spec with { Form = ReplyForm.FinalLine }, spec with { Parameters = spec.Parameters.Add("temperature", System.Text.Json.JsonElement.Parse("1")) }, spec with { UsesLogProbabilities = true },
            spec with { Rubric = spec.Rubric with { Axes = [spec.Rubric.Axes[0] with { Anchors = ImmutableSortedDictionary<int, string>.Empty.Add(1, "bad").Add(5, "great") }, spec.Rubric.Axes[1]] } },
        ];
        Assert.Equal(others.Length + 1, others.Append(spec).Select(Hash).Distinct().Count());
        Assert.Equal(Hash(spec), Hash(spec with { Members = [new("elsewhere", "judge-model")], Seed = 9 }));
    }
}
