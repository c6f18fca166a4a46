using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Assay.EndToEnd;

/// <summary>A real Chromium without a window, driven over its debugging protocol: no driver package is needed.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    private readonly Process _process;
    private readonly string _profile;
    private readonly ClientWebSocket _socket = new();
    private int _id;

    private Browser(Process process, string profile) => (_process, _profile) = (process, profile);

    /// <summary>Opens a page; skips the test where no Chromium is installed.</summary>
    public static async Task<Browser> OpenAsync(Uri page)
    {
        var program = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).SelectMany(f => Names.Select(n => Path.Combine(f, n))).FirstOrDefault(File.Exists);
        Assert.SkipWhen(program is null, "no Chromium here; install one: apt-get install chromium");
        var profile = Directory.CreateTempSubdirectory("assay-browser-").FullName;
        var start = new ProcessStartInfo(program!) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var argument in (string[])["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--remote-debugging-port=0", "--user-data-dir=" + profile, "--window-size=1280,1400", page.ToString()]) start.ArgumentList.Add(argument);
        var process = Process.Start(start)!;
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        var browser = new Browser(process, profile);
        await browser.ConnectAsync(page);
        return browser;
    }

    /// <summary>The value of an expression in the page, as JSON; a promise is waited for.</summary>
    public async Task<JsonElement> EvaluateAsync(string expression)
    {
        var reply = await SendAsync("Runtime.evaluate", new { expression, returnByValue = true, awaitPromise = true });
        var result = reply.GetProperty("result");
        Assert.False(result.TryGetProperty("exceptionDetails", out var thrown), thrown.ToString());
        return result.GetProperty("result").TryGetProperty("value", out var value) ? value : default;
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_profile, recursive: true);
    }

    private async Task ConnectAsync(Uri page)
    {
        using var http = new HttpClient();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(40));
        var file = Path.Combine(_profile, "DevToolsActivePort");
        while (true)
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Delay(50, limit.Token);
            if (!File.Exists(file) || (await File.ReadAllLinesAsync(file, limit.Token)) is not [var port, ..]) continue;
            using var targets = JsonDocument.Parse(await http.GetStringAsync(new Uri($"http://127.0.0.1:{port}/json/list"), limit.Token));
            var target = targets.RootElement.EnumerateArray().FirstOrDefault(t => t.GetProperty("type").GetString() == "page" && t.GetProperty("url").GetString() == page.ToString());
            if (target.ValueKind == JsonValueKind.Undefined) continue;
            await _socket.ConnectAsync(new Uri(target.GetProperty("webSocketDebuggerUrl").GetString()!), limit.Token);
            break;
        }
        // The page may still be the empty one that a browser opens with: its address is there before its document.
        while (!await IsLoadedAsync(page)) await Task.Delay(50, limit.Token);
    }

    private async Task<bool> IsLoadedAsync(Uri page)
    {
        var reply = await SendAsync("Runtime.evaluate", new { expression = $"location.href === {JsonSerializer.Serialize(page.ToString())} && document.readyState === 'complete'", returnByValue = true });
        return reply.TryGetProperty("result", out var result) && result.GetProperty("result").TryGetProperty("value", out var value) && value.ValueKind == JsonValueKind.True;
    }

    private async Task<JsonElement> SendAsync(string method, object parameters)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var id = ++_id;
        await _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(new { id, method, @params = parameters }), WebSocketMessageType.Text, true, limit.Token);
        while (true)
        {
            using var message = new MemoryStream();
            var buffer = new byte[16384];
            ValueWebSocketReceiveResult part;
            do
            {
                part = await _socket.ReceiveAsync(buffer.AsMemory(), limit.Token);
                message.Write(buffer, 0, part.Count);
            }
            while (!part.EndOfMessage);
            var reply = JsonElement.Parse(Encoding.UTF8.GetString(message.ToArray()));
            if (reply.TryGetProperty("id", out var answered) && answered.GetInt32() == id) return reply;
        }
    }
}
