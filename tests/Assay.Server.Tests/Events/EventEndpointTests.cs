using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using Assay.Events;
using Assay.Events.Tests;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Assay.Server.Tests.Events;

[Trait("Kind", "contract")]
public sealed class EventEndpointTests : IAsyncLifetime
{
    private const string Good = """{"type":"outcome","id":"o1","unit":"u1","metric":"resolved","value":true}""";
    private readonly TemporaryFolder folder = new();
    private readonly FakeEventStore store = new();
    private EventSpool spool = null!;
    private WebApplication app = null!;
    private HttpClient client = null!;

    public async ValueTask InitializeAsync()
    {
        spool = EventSpool.Open(folder.Path);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IEventStore>(store);
        builder.Services.AddAssayEvents(spool);
        builder.Services.AddProblemDetails();
        app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapEventEndpoints();
        await app.StartAsync();
        client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        for (var i = 0; i < 3000 && !app.Services.GetRequiredService<EventIntake>().IsReady; i++) await Task.Delay(10);
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await app.DisposeAsync();
        await spool.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task PostEvents_OfAnArray_AnswersWhatBecameOfEach()
    {
        var (status, answer) = await PostAsync("/api/v1/events", $$"""[{{Good}},{"type":"outcome","metric":"resolved"},{{Good}}]""");
        Assert.Equal(HttpStatusCode.Accepted, status);
        Assert.Equal((1, 1), (answer.GetProperty("accepted").GetInt32(), answer.GetProperty("duplicates").GetInt32()));
        var rejected = Assert.Single(answer.GetProperty("rejected").EnumerateArray());
        Assert.Equal(1, rejected.GetProperty("index").GetInt32());
        Assert.Contains("no unit", rejected.GetProperty("reason").GetString(), StringComparison.Ordinal);
        await app.Services.GetRequiredService<SpoolDrain>().DrainToEndAsync();
        Assert.Equal("o1", Assert.Single(store.Events).Id);
    }

    [Fact]
    public async Task PostEvents_OfLines_KeepsTheGoodBesideTheBad()
    {
        var (status, answer) = await PostAsync("/api/v1/events", Good + "\n{oops\n");
        Assert.Equal((HttpStatusCode.Accepted, 1), (status, answer.GetProperty("accepted").GetInt32()));
    }

    [Fact]
    public async Task PostEvents_Gzipped_IsUnpacked()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true)) await gzip.WriteAsync(Encoding.UTF8.GetBytes($"[{Good}]"));
        using var content = new ByteArrayContent(packed.ToArray());
        content.Headers.ContentEncoding.Add("gzip");
        using var answer = await client.PostAsync("/api/v1/events", content);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);

        using var lie = new ByteArrayContent("[]"u8.ToArray());
        lie.Headers.ContentEncoding.Add("gzip");
        using var refusal = await client.PostAsync("/api/v1/events", lie);
        Assert.Equal(HttpStatusCode.BadRequest, refusal.StatusCode);
    }

    [Fact]
    public async Task PostEvents_AllBad_IsAProblemWithTheSameList()
    {
        await PostAsync("/api/v1/events", $"[{Good}]");
        var (status, problem) = await PostAsync("/api/v1/events", """[{"type":"wish"},{"type":"outcome","id":"o1","unit":"u1","metric":"resolved","value":false}]""");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(400, problem.GetProperty("status").GetInt32());
        Assert.Equal(0, problem.GetProperty("accepted").GetInt32());
        Assert.Equal(["type 'wish' is unknown: exposure, generation, outcome, score or label", "conflict"],
            problem.GetProperty("rejected").EnumerateArray().Select(r => r.GetProperty("reason").GetString()));
    }

    [Fact]
    public async Task PostEvents_Malformed_NamesThePlaceAndStoresNothing()
    {
        var (status, problem) = await PostAsync("/api/v1/events", $"[{Good},\n{{]");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("line 2, byte 2 of it", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, spool.Appended);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task PostEvents_OfAHundredMegabytes_IsAnsweredCleanly(bool chunked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/events") { Content = new ByteArrayContent(new byte[100_000_000]) };
        request.Headers.TransferEncodingChunked = chunked;
        using var answer = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync("/api/v1/events", $"[{Good}]")).Status);
    }

    [Fact]
    public async Task PostFeedback_OfOneEvent_IsAnOutcomeUnlessItSaysOtherwise()
    {
        var (status, answer) = await PostAsync("/api/v1/feedback", """{"responseId":"chatcmpl-1","metric":"thumb","value":1}""");
        Assert.Equal((HttpStatusCode.Accepted, 1), (status, answer.GetProperty("accepted").GetInt32()));
        var (bad, problem) = await PostAsync("/api/v1/feedback", """{"metric":"thumb","value":1}""");
        Assert.Equal(HttpStatusCode.BadRequest, bad);
        Assert.Contains("'responseId'", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PostEvents_WhileTheStoreCannotTellItsIds_SaysWhenToTryAgain()
    {
        await using var other = await UnreadyServerAsync();
        using var away = new HttpClient { BaseAddress = new Uri(other.Urls.First()) };
        using var content = new StringContent($"[{Good}]");
        using var answer = await away.PostAsync("/api/v1/events", content);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), answer.Headers.RetryAfter!.Delta);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
    }

    private async Task<WebApplication> UnreadyServerAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IEventStore>(new FakeEventStore { IsOut = true });
        builder.Services.AddAssayEvents(spool);
        var server = builder.Build();
        server.Urls.Add("http://127.0.0.1:0");
        server.MapEventEndpoints();
        await server.StartAsync();
        return server;
    }

    private async Task<(HttpStatusCode Status, JsonElement Answer)> PostAsync(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(path, content);
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return (answer.StatusCode, document.RootElement.Clone());
    }
}
