using System.ClientModel;
using OpenAI.Chat;

namespace Assay.Gateway.Tests;

/// <summary>One thread, one variant, one exposure: over turns, tool rounds and retries.</summary>
public sealed class StickinessTests
{
    [Fact]
    public async Task CompleteChat_TurnsAndToolRounds_KeepVariantExposureAndTurn()
    {
        await using var gateway = await GatewayHost.StartAsync();
        gateway.Upstream.Answer = (context, request) => MockUpstream.JsonAsync(context, request.Json.GetProperty("messages").EnumerateArray().Last().GetProperty("role").GetString() == "tool"
            ? MockUpstream.Completion("It arrives today.")
            : """{"id":"chatcmpl-t","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":null,"tool_calls":[{"id":"call_1","type":"function","function":{"name":"track","arguments":"{\"id\":7}"}}]},"finish_reason":"tool_calls"}],"usage":{"prompt_tokens":5,"completion_tokens":2,"total_tokens":7}}""");
        var client = gateway.Client("c-77");
        var options = new ChatCompletionOptions { Tools = { ChatTool.CreateFunctionTool("track", "Tracks a parcel", BinaryData.FromString("""{"type":"object","properties":{"id":{"type":"integer"}}}""")) } };
        var messages = new List<ChatMessage>();
        var variants = new HashSet<string>();
        for (var turn = 1; turn <= 3; turn++)
        {
            messages.Add(new UserChatMessage("Where is it?"));
            var asked = await client.CompleteChatAsync(messages, options);
            Assert.Equal(ChatFinishReason.ToolCalls, asked.Value.FinishReason);
            Assert.Equal("track", Assert.Single(asked.Value.ToolCalls).FunctionName);
            messages.Add(new AssistantChatMessage(asked.Value));
            messages.Add(new ToolChatMessage("call_1", "today"));
            var answered = await client.CompleteChatAsync(messages, options);
            messages.Add(new AssistantChatMessage(answered.Value));
            foreach (var raw in new[] { asked.GetRawResponse(), answered.GetRawResponse() })
                if (raw.Headers.TryGetValue("x-assay-variant", out var variant)) variants.Add(variant!);
        }
        Assert.Single(variants);
        Assert.Single(gateway.Sink.Exposures);
        var generations = await gateway.GenerationsAsync(6);
        Assert.Equal([1, 1, 2, 2, 3, 3], generations.Select(g => g.Turn!.Value));
        Assert.Equal([1, 0, 1, 0, 1, 0], generations.Select(g => g.ToolCalls!.Value));
        Assert.Single(generations.SelectMany(g => g.Assignments).Distinct());
        Assert.All(gateway.Upstream.Requests, r => Assert.Equal("track", r.Json.GetProperty("tools")[0].GetProperty("function").GetProperty("name").GetString()));
    }

    [Fact]
    public async Task CompleteChat_SdkRetriesFailures_KeepsTheVariantAndCountsOneExposure()
    {
        await using var gateway = await GatewayHost.StartAsync();
        var calls = 0;
        gateway.Upstream.Answer = (context, _) =>
        {
            context.Response.Headers["retry-after-ms"] = "1";
            return Interlocked.Increment(ref calls) < 3 ? MockUpstream.JsonAsync(context, """{"error":{"message":"x","code":"overloaded"}}""", 503) : MockUpstream.JsonAsync(context, MockUpstream.Completion("ok"));
        };
        var result = await gateway.Client("c-5").CompleteChatAsync([new UserChatMessage("?")]);
        Assert.Equal("ok", result.Value.Content[0].Text);
        Assert.Single(gateway.Sink.Exposures);
        var generations = await gateway.GenerationsAsync(3);
        Assert.Single(generations.Select(g => g.Assignments.Single()).Distinct());
        Assert.Single(gateway.Upstream.Requests.Select(r => r.System).Distinct());
    }

    [Fact]
    public async Task CompleteChat_UpstreamKeepsFailing_SdkSeesTheError()
    {
        await using var gateway = await GatewayHost.StartAsync();
        gateway.Upstream.Answer = (context, _) => MockUpstream.JsonAsync(context, """{"error":{"message":"no such thing","type":"invalid_request_error","code":"bad"}}""", 400);
        var e = await Assert.ThrowsAsync<ClientResultException>(() => gateway.Client().CompleteChatAsync([new UserChatMessage("?")]));
        Assert.Equal(400, e.Status);
        Assert.Contains("no such thing", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_ManyConversations_SpreadOverTheVariantsAndRepeatThem()
    {
        await using var gateway = await GatewayHost.StartAsync();
        var first = await VariantsAsync(gateway);
        var second = await VariantsAsync(gateway);
        Assert.Equal(first, second);
        Assert.Equal(["control", "treatment"], first.Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(40, gateway.Sink.Exposures.Count());
        Assert.Equal(first, gateway.Sink.Exposures.OrderBy(e => int.Parse(e.Unit[2..], System.Globalization.CultureInfo.InvariantCulture)).Select(e => e.Variant));
    }

    [Theory]
    [InlineData("""{"metadata":{"conversation_id":"c-9","user_id":"u-1","session_id":"s-1","cluster_id":"k-1"}}""", "c-9")]
    [InlineData("""{"prompt_cache_key":"c-9","user":"u-1"}""", "c-9")]
    [InlineData("""{"conversation":{"id":"c-9"}}""", "c-9")]
    [InlineData("""{"conversation":"c-9"}""", "c-9")]
    public async Task Post_UnitInTheBody_IsFound(string extra, string unit)
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var response = await gateway.PostAsync("""{"model":"support-bot","messages":[{"role":"user","content":"?"}],""" + extra[1..]);
        Assert.Equal(unit, Assert.Single(gateway.Sink.Exposures).Unit);
        Assert.Equal(unit, Assert.Single(await gateway.GenerationsAsync()).Ids.Conversation);
    }

    [Fact]
    public async Task Post_HeaderAndBodyDiffer_TheHeaderWinsAndTheExperimentsOwnUnitOverBoth()
    {
        await using var gateway = await GatewayHost.StartAsync();
        const string body = """{"model":"support-bot","messages":[],"prompt_cache_key":"from-body"}""";
        using (await gateway.PostAsync(body, ("x-assay-conversation", "from-header"))) { }
        using (await gateway.PostAsync(body, ("x-assay-conversation", "from-header"), ("x-assay-unit", "own"))) { }
        Assert.Equal(["from-header", "own"], gateway.Sink.Exposures.Select(e => e.Unit));
    }

    private static async Task<List<string>> VariantsAsync(GatewayHost gateway)
    {
        var variants = new List<string>();
        for (var i = 0; i < 40; i++)
        {
            using var response = await gateway.PostAsync("""{"model":"support-bot","messages":[{"role":"user","content":"?"}]}""", ("x-assay-conversation", $"c-{i}"));
            variants.Add(response.Headers.GetValues("x-assay-variant").Single());
        }
        return variants;
    }
}
