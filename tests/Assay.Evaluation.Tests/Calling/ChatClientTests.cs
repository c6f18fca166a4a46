using System.Collections.Immutable;
using Assay.Experiments;

namespace Assay.Evaluation.Tests;

public sealed class ChatClientTests
{
    [Fact]
    public async Task CallAsync_ThroughAClientOverACaller_ComesBackWhole()
    {
        using var endpoint = FakeEndpoint.Saying(q => "you said " + q);
        using var http = new ModelCaller(new CallerOptions { Upstreams = ImmutableSortedDictionary<string, Upstream>.Empty.Add("up", new Upstream("up", endpoint.Address, null)) });
        using var client = new CallerChatClient(http, "up", "m");
        var outcome = await new ChatClientCaller(client, TimeProvider.System).CallAsync(new ModelCall
        {
            Upstream = "-",
            Model = "n",
            Messages = [new("system", "s"), new("user", "hi")],
            Parameters = ImmutableSortedDictionary<string, System.Text.Json.JsonElement>.Empty.Add("temperature", System.Text.Json.JsonElement.Parse("0.5")).Add("seed", System.Text.Json.JsonElement.Parse("3")),
        });
        var answer = outcome.Answer!;
        Assert.Equal("you said hi", answer.Text);
        Assert.Equal((10, 5, "served", "stop"), (answer.InputTokens, answer.OutputTokens, answer.ServedModel, answer.FinishReason));
        var asked = endpoint.Asked.Single();
        Assert.Equal("n", asked.GetProperty("model").GetString());
        Assert.Equal((0.5, 3), (asked.GetProperty("temperature").GetDouble(), asked.GetProperty("seed").GetInt32()));
        Assert.Equal(2, asked.GetProperty("messages").GetArrayLength());
    }

    [Fact]
    public async Task CallAsync_ClientThrows_IsAFailureWithItsMessage()
    {
        using var endpoint = new FakeEndpoint((_, _) => new FakeEndpoint.Reply(Status: 400));
        using var http = new ModelCaller(new CallerOptions { Upstreams = ImmutableSortedDictionary<string, Upstream>.Empty.Add("up", new Upstream("up", endpoint.Address, null)) });
        using var client = new CallerChatClient(http, "up", "m");
        var outcome = await new ChatClientCaller(client, TimeProvider.System).CallAsync(new ModelCall { Upstream = "-", Model = "n", Messages = [new("user", "hi")] });
        Assert.Equal(CallFailure.UpstreamError, outcome.Failure);
        Assert.Contains("told to fail", outcome.Detail, StringComparison.Ordinal);
    }
}
