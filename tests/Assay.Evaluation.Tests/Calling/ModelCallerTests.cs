using System.Collections.Immutable;
using Assay.Experiments;

namespace Assay.Evaluation.Tests;

public sealed class ModelCallerTests
{
    private static CallerOptions Options(FakeEndpoint endpoint, RunSettings? run = null) => new()
    {
        Upstreams = ImmutableSortedDictionary<string, Upstream>.Empty.Add("up", new Upstream("up", endpoint.Address, "TEST_KEY")),
        Prices = [new ModelPrice("m", 1, 0.5, 2, null, null)],
        Run = run ?? new RunSettings { Retries = 2, Timeout = TimeSpan.FromSeconds(20) },
        Environment = name => name == "TEST_KEY" ? "secret" : null,
    };

    private static ModelCall Call(string text = "q", int repeat = 0) => new() { Upstream = "up", Model = "m", Messages = [new("user", text)], Repeat = repeat };

    [Fact]
    public async Task CallAsync_StreamedAnswer_HasTextTokensCostAndFirstToken()
    {
        using var endpoint = FakeEndpoint.Saying(_ => "hello world");
        using var caller = new ModelCaller(Options(endpoint));
        var answer = (await caller.CallAsync(Call())).Answer!;
        Assert.Equal("hello world", answer.Text);
        Assert.Equal((10, 2, 5), (answer.InputTokens, answer.CachedInputTokens, answer.OutputTokens));
        Assert.Equal((8 * 1 + 2 * 0.5 + 5 * 2) / 1e6, answer.CostUsd!.Value, 15);
        Assert.Equal(("m", "served", "fp", "stop"), (answer.RequestedModel, answer.ServedModel, answer.SystemFingerprint, answer.FinishReason));
        Assert.InRange(answer.TimeToFirstTokenMs!.Value, 0, answer.LatencyMs!.Value);
        Assert.True(endpoint.Asked.Single().GetProperty("stream_options").GetProperty("include_usage").GetBoolean());
    }

    [Fact]
    public async Task CallAsync_WholeCompletionWithToolsAndProbabilities_IsReadWithoutFirstToken()
    {
        const string Raw = """{"model":"x","choices":[{"index":0,"message":{"content":null,"tool_calls":[{"function":{"name":"find","arguments":"{\"a\":1}"}}]},"finish_reason":"tool_calls","logprobs":{"content":[{"token":"5","logprob":-0.1,"top_logprobs":[{"token":"4","logprob":-2.5}]}]}}]}""";
        using var endpoint = new FakeEndpoint((_, _) => new FakeEndpoint.Reply(Raw: Raw));
        using var caller = new ModelCaller(Options(endpoint));
        var answer = (await caller.CallAsync(Call())).Answer!;
        Assert.Equal(new ToolCall("find", "{\"a\":1}"), Assert.Single(answer.ToolCalls));
        Assert.Equal(("4", -2.5), Assert.Single(Assert.Single(answer.LogProbabilities).Alternatives));
        Assert.Null(answer.TimeToFirstTokenMs);
        Assert.Null(answer.InputTokens);
        Assert.Null(answer.CostUsd);
    }

    [Theory]
    [InlineData(408)]
    [InlineData(409)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task CallAsync_PassingFailure_IsTriedAgain(int status)
    {
        using var endpoint = new FakeEndpoint((_, n) => n == 1 ? new FakeEndpoint.Reply(Status: status) : new FakeEndpoint.Reply("fine"));
        using var caller = new ModelCaller(Options(endpoint));
        Assert.Equal("fine", (await caller.CallAsync(Call())).Answer?.Text);
        Assert.Equal(2, endpoint.Count);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(404)]
    public async Task CallAsync_Refusal_IsNotTriedAgainAndSaysWhy(int status)
    {
        using var endpoint = new FakeEndpoint((_, _) => new FakeEndpoint.Reply(Status: status));
        using var caller = new ModelCaller(Options(endpoint));
        var outcome = await caller.CallAsync(Call());
        Assert.Equal(CallFailure.Refused, outcome.Failure);
        Assert.Contains($"HTTP {status}: told to fail", outcome.Detail, StringComparison.Ordinal);
        Assert.Equal(1, endpoint.Count);
    }

    [Fact]
    public async Task CallAsync_RetryAfter_IsHonoured()
    {
        using var endpoint = new FakeEndpoint((_, n) => n == 1 ? new FakeEndpoint.Reply(Status: 429) { Headers = { ["Retry-After"] = "2" } } : new FakeEndpoint.Reply("fine"));
        using var caller = new ModelCaller(Options(endpoint));
        var started = TimeProvider.System.GetTimestamp();
        Assert.NotNull((await caller.CallAsync(Call())).Answer);
        // Back-off alone would come again after half a second.
        Assert.True(TimeProvider.System.GetElapsedTime(started) >= TimeSpan.FromSeconds(1.9));
    }

    [Fact]
    public async Task CallAsync_RetryAfterOfAnHour_IsNotWaitedFor()
    {
        using var endpoint = new FakeEndpoint((_, _) => new FakeEndpoint.Reply(Status: 429) { Headers = { ["Retry-After"] = "3600" } });
        using var caller = new ModelCaller(Options(endpoint));
        var outcome = await caller.CallAsync(Call());
        Assert.Equal(CallFailure.RateLimited, outcome.Failure);
        Assert.Contains("3600", outcome.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CallAsync_429Forever_StopsAskingAfterFiveHopelessCalls()
    {
        using var endpoint = new FakeEndpoint((_, _) => new FakeEndpoint.Reply(Status: 429));
        using var caller = new ModelCaller(Options(endpoint, new RunSettings { Retries = 0, Concurrency = 1 }));
        var outcomes = new List<CallOutcome>();
        for (var i = 0; i < 50; i++) outcomes.Add(await caller.CallAsync(Call($"q{i}")));
        Assert.Equal(5, endpoint.Count);
        Assert.Equal(45, outcomes.Count(o => o.Failure == CallFailure.Stopped));
        Assert.Contains("429", outcomes[^1].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CallAsync_SlowEndpoint_TimesOutAsAValue()
    {
        var never = new TaskCompletionSource();
        using var endpoint = new FakeEndpoint((_, _) => new FakeEndpoint.Reply("late", Gate: never.Task));
        using var caller = new ModelCaller(Options(endpoint, new RunSettings { Retries = 0, Timeout = TimeSpan.FromMilliseconds(200) }));
        Assert.Equal(CallFailure.TimedOut, (await caller.CallAsync(Call())).Failure);
        never.SetResult();
    }

    [Fact]
    public async Task CallAsync_WithLog_SameCallIsRememberedAndRepeatsAreNot()
    {
        using var endpoint = new FakeEndpoint((_, n) => new FakeEndpoint.Reply($"answer {n}"));
        using var folder = new SuiteFolder();
        var path = Path.Combine(folder.Path, "answers.jsonl");
        for (var run = 0; run < 2; run++)
        {
            await using var log = AnswerLog.Open(path);
            var options = Options(endpoint) with { Log = log, Progress = new RunProgress() };
            using var caller = new ModelCaller(options);
            Assert.Equal("answer 1", (await caller.CallAsync(Call(repeat: 0))).Answer!.Text);
            Assert.Equal("answer 2", (await caller.CallAsync(Call(repeat: 1))).Answer!.Text);
            Assert.Equal(run == 0 ? (2, 0) : (0, 2), (options.Progress.Asked, options.Progress.Remembered));
        }
        Assert.Equal(2, endpoint.Count);
        Assert.DoesNotContain("secret", await File.ReadAllTextAsync(path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CallAsync_BudgetTooSmall_IsNotAsked()
    {
        using var endpoint = FakeEndpoint.Saying(_ => "x");
        using var caller = new ModelCaller(Options(endpoint) with { Budget = new Budget(0.0000001) });
        Assert.Equal(CallFailure.OverBudget, (await caller.CallAsync(Call())).Failure);
        Assert.Equal(0, endpoint.Count);
    }

    [Theory]
    [InlineData("not json at all")]
    [InlineData("{\"choices\":[]}")]
    public async Task CallAsync_NoCompletion_IsNotUnderstoodRatherThanEmpty(string raw)
    {
        using var endpoint = new FakeEndpoint((_, _) => new FakeEndpoint.Reply(Raw: raw));
        using var caller = new ModelCaller(Options(endpoint));
        Assert.Equal(CallFailure.NotUnderstood, (await caller.CallAsync(Call())).Failure);
    }
}
