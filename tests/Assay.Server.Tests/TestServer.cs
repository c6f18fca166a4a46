using System.Text;
using System.Text.Json;

namespace Assay.Server.Tests;

/// <summary>The real server in this process, on a port of its own and stores in a folder that is gone afterwards.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("assay-server-");
    private AssayServer server = null!;

    private TestServer() { }

    public HttpClient Http { get; private set; } = null!;
    public Dictionary<string, string> Environment { get; } = [];
    public ShiftedTime Time { get; } = new();

    public static async Task<TestServer> StartAsync()
    {
        var test = new TestServer();
        await test.OpenAsync();
        return test;
    }

    /// <summary>Stops and starts again on the same folder.</summary>
    public async Task RestartAsync()
    {
        Http.Dispose();
        await server.DisposeAsync();
        await OpenAsync();
    }

    public async Task<(int Status, JsonElement Body)> SendAsync(HttpMethod method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement);
    }

    public Task<(int Status, JsonElement Body)> PostAsync(string path, string body = "{}") => SendAsync(HttpMethod.Post, path, body);

    public Task<(int Status, JsonElement Body)> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await server.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private async Task OpenAsync()
    {
        var started = await AssayServer.StartAsync(new AssayServerOptions
        {
            DataFolder = Path.Combine(folder.FullName, "data"),
            Urls = "http://127.0.0.1:0",
            Quiet = true,
            Time = Time,
            Environment = name => Environment.GetValueOrDefault(name),
        });
        Assert.True(started.Server is not null, string.Join('\n', started.Problems));
        server = started.Server;
        Http = new HttpClient { BaseAddress = new Uri(server.Urls[0]) };
    }
}
