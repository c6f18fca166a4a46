using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Assay.Events;
using Assay.Experiments;
using Microsoft.AspNetCore.Http;

namespace Assay.Gateway.Tests;

/// <summary>Every failure answers in OpenAI's error shape and counts to the assigned arm.</summary>
public sealed class FailureTests
{
    private const string Body = """{"model":"support-bot","messages":[{"role":"user","content":"?"}]}""";

    [Fact]
    public async Task Post_UpstreamRefusesTheConnection_Is502()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        await using var gateway = await GatewayHost.StartAsync([Sample.Running(Sample.OnlyTreatment(Sample.Treatment with { Upstream = "dead" }))],
            others: new Upstream("dead", new Uri($"http://127.0.0.1:{port}/v1"), null));
        var generation = await FailsAsync(gateway, 502, "upstream_unreachable", "dead", GenerationStatus.Error);
        Assert.Equal("treatment", Assert.Single(generation.Assignments).Variant);
        Assert.Single(gateway.Sink.Exposures);
    }

    [Fact]
    public async Task Post_UpstreamHangs_Is504()
    {
        await using var gateway = await GatewayHost.StartAsync(options: new GatewayOptions { TotalTimeout = TimeSpan.FromMilliseconds(300) });
        var held = new TaskCompletionSource();
        gateway.Upstream.Answer = (_, _) => held.Task;
        await FailsAsync(gateway, 504, "upstream_timeout", "mock", GenerationStatus.Timeout);
        held.SetResult();
    }

    [Fact]
    public async Task Post_UpstreamAnswersHtml_Is502NamingIt()
    {
        await using var gateway = await GatewayHost.StartAsync();
        gateway.Upstream.Answer = (context, _) =>
        {
            context.Response.StatusCode = 503;
            context.Response.ContentType = "text/html";
            context.Response.Headers.RetryAfter = "7";
            return context.Response.WriteAsync("<html>maintenance</html>");
        };
        using var response = await gateway.PostAsync(Body);
        Assert.Equal("7", response.Headers.GetValues("Retry-After").Single());
        await FailsAsync(gateway, 502, "upstream_not_json", "text/html", GenerationStatus.Error, 2);
    }

    [Fact]
    public async Task Post_UpstreamBreaksOff_Is502()
    {
        await using var gateway = await GatewayHost.StartAsync();
        gateway.Upstream.Answer = async (context, _) =>
        {
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = 1000;
            await context.Response.WriteAsync("{\"id\":");
            await context.Response.Body.FlushAsync();
            context.Abort();
        };
        await FailsAsync(gateway, 502, "upstream_broke_off", "mock", GenerationStatus.Error);
    }

    [Fact]
    public async Task Post_UpstreamRateLimits_PassesItsErrorThrough()
    {
        await using var gateway = await GatewayHost.StartAsync();
        const string error = """{"error":{"message":"slow down","type":"requests","param":null,"code":"rate_limit_exceeded"}}""";
        gateway.Upstream.Answer = (context, _) =>
        {
            context.Response.Headers.RetryAfter = "3";
            return MockUpstream.JsonAsync(context, error, 429);
        };
        using var response = await gateway.PostAsync(Body, ("x-assay-conversation", "c-1"));
        Assert.Equal((HttpStatusCode)429, response.StatusCode);
        Assert.Equal(error, await response.Content.ReadAsStringAsync());
        Assert.Equal("3", response.Headers.GetValues("Retry-After").Single());
        var generation = Assert.Single(await gateway.GenerationsAsync());
        Assert.Equal((GenerationStatus.Error, "rate_limit_exceeded"), (generation.Status, generation.ErrorCode));
        Assert.Single(generation.Assignments);
    }

    [Fact]
    public async Task Post_BodyOf100Megabytes_Is413AndNothingIsBuffered()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var content = new EndlessContent(100 * 1024 * 1024, declaresLength: false);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = content };
        request.Headers.ExpectContinue = false;
        using var response = await gateway.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Equal("request_too_large", (await ErrorAsync(response)).GetProperty("code").GetString());
        Assert.Empty(gateway.Upstream.Requests);
    }

    [Fact]
    public async Task Post_DeclaredLengthTooLarge_Is413BeforeTheBodyIsRead()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var content = new EndlessContent(100 * 1024 * 1024, declaresLength: true);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = content };
        request.Headers.ExpectContinue = true;
        using var response = await gateway.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Equal(0, content.Written);
    }

    [Theory]
    [InlineData("""{"model":"support-bot","messages":""", "invalid_json")]
    [InlineData("[]", "invalid_json")]
    [InlineData("", "invalid_json")]
    [InlineData("""{"model":"support-bot","messages":[]} x""", "invalid_json")]
    [InlineData("""{"messages":[]}""", "missing_model")]
    [InlineData("""{"model":7.5,"messages":{}}""", "missing_messages")]
    [InlineData("""{"model":"support-bot"}""", "missing_messages")]
    [InlineData("""{"model":"support-bot","messages":[],"model":"other"}""", "duplicate_field")]
    public async Task Post_MalformedBody_Is400(string body, string code)
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var response = await gateway.PostAsync(body);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var error = await ErrorAsync(response);
        Assert.Equal((code, "invalid_request_error"), (error.GetProperty("code").GetString(), error.GetProperty("type").GetString()));
        Assert.Empty(gateway.Upstream.Requests);
    }

    [Theory]
    [InlineData("POST", "/v1/embeddings", 501, "not_supported")]
    [InlineData("POST", "/v1/responses", 501, "not_supported")]
    [InlineData("GET", "/v1/files", 404, "unknown_url")]
    [InlineData("GET", "/v1/chat/completions", 405, "method_not_allowed")]
    [InlineData("GET", "/v1/models/nothing", 404, "model_not_found")]
    public async Task Send_OtherEndpoints_AnswerInOpenAiShape(string method, string path, int status, string code)
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await gateway.Http.SendAsync(request);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(code, (await ErrorAsync(response)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Post_UnknownModel_Is404()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var response = await gateway.PostAsync("""{"model":"nobody","messages":[]}""");
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("model_not_found", (await ErrorAsync(response)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Post_KeyOfTheUpstreamIsNotSet_Is503NamingTheVariable()
    {
        await using var gateway = await GatewayHost.StartAsync([], environmentKey: null);
        Assert.Contains("TEST_KEY", Assert.Single(gateway.State.Current.Problems), StringComparison.Ordinal);
        await FailsAsync(gateway, 503, "upstream_key_missing", "TEST_KEY", GenerationStatus.Error);
    }

    [Fact]
    public async Task Requests_OfEveryKind_NeverLogTheKeyNorForwardTheClients()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using (await gateway.PostAsync(Body, ("Authorization", "Bearer client-secret"), ("Cookie", "session=client-secret"), ("api-key", "client-secret"))) { }
        gateway.Upstream.Answer = (context, _) => MockUpstream.JsonAsync(context, "<", 500);
        using (await gateway.PostAsync(Body)) { }
        gateway.Upstream.Answer = (context, _) => { context.Abort(); return Task.CompletedTask; };
        using (await gateway.PostAsync(Body)) { }
        await gateway.GenerationsAsync(3);
        Assert.NotEmpty(gateway.Logs.Lines);
        Assert.DoesNotContain(gateway.Logs.Lines, l => l.Contains(GatewayHost.Key, StringComparison.Ordinal));
        Assert.All(gateway.Upstream.Requests, r => Assert.DoesNotContain(r.Headers.Values, v => v.Contains("client-secret", StringComparison.Ordinal)));
        Assert.DoesNotContain(GatewayHost.Key, gateway.State.Current.Upstreams["mock"].ToString(), StringComparison.Ordinal);
    }

    private static async Task<GenerationEvent> FailsAsync(GatewayHost gateway, int status, string code, string named, GenerationStatus recorded, int generations = 1)
    {
        using var response = await gateway.PostAsync(Body, ("x-assay-conversation", "c-1"));
        Assert.Equal(status, (int)response.StatusCode);
        var error = await ErrorAsync(response);
        Assert.Equal((code, "server_error"), (error.GetProperty("code").GetString(), error.GetProperty("type").GetString()));
        Assert.Contains(named, error.GetProperty("message").GetString(), StringComparison.Ordinal);
        var generation = (await gateway.GenerationsAsync(generations))[^1];
        Assert.Equal((recorded, code), (generation.Status, generation.ErrorCode));
        return generation;
    }

    private static async Task<JsonElement> ErrorAsync(HttpResponseMessage response) =>
        JsonElement.Parse(await response.Content.ReadAsStringAsync()).GetProperty("error");

    private sealed class EndlessContent(long length, bool declaresLength) : HttpContent
    {
        public long Written { get; private set; }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var block = new byte[64 * 1024];
            Array.Fill(block, (byte)' ');
            try
            {
                for (; Written < length; Written += block.Length) await stream.WriteAsync(block);
            }
            catch (IOException)
            {
                // The gateway has heard enough.
            }
        }

        protected override bool TryComputeLength(out long computed)
        {
            computed = length;
            return declaresLength;
        }
    }
}
