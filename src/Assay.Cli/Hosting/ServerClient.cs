using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Assay.Cli;

/// <summary>Speaks the control API of a running server; the key comes from <c>ASSAY_KEY</c>.</summary>
internal sealed class ServerClient : IDisposable
{
    private readonly HttpClient _http;

    public ServerClient(Uri server)
    {
        _http = new HttpClient { BaseAddress = server, Timeout = TimeSpan.FromMinutes(5) };
        if (Environment.GetEnvironmentVariable("ASSAY_KEY") is { Length: > 0 } key)
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    /// <summary>Sends and reads a JSON answer; a refusal comes back as its problem's text and the exit code it means.</summary>
    public async Task<ServerAnswer> SendAsync(HttpMethod method, string path, string? json, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path);
        if (json is not null) request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        try
        {
            using var response = await _http.SendAsync(request, cancellationToken);
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            if (response.IsSuccessStatusCode) return new ServerAnswer(text, null, ExitCode.Done);
            var code = (int)response.StatusCode is >= 400 and < 500 ? ExitCode.Usage : ExitCode.CouldNotRun;
            return new ServerAnswer(text, Problem(text) ?? $"the server answered {(int)response.StatusCode}", code);
        }
        catch (HttpRequestException error)
        {
            return new ServerAnswer("", $"no server answers at {_http.BaseAddress}: {error.Message}. Start one with: assay serve", ExitCode.CouldNotRun);
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ServerAnswer("", $"the server at {_http.BaseAddress} did not answer in {_http.Timeout.TotalMinutes:0} minutes", ExitCode.CouldNotRun);
        }
    }

    public void Dispose() => _http.Dispose();

    private static string? Problem(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            var words = new StringBuilder();
            foreach (var name in (string[])["title", "detail", "hint"])
                if (root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String)
                    words.Append(words.Length == 0 ? "" : ": ").Append(value.GetString());
            if (root.TryGetProperty("problems", out var problems) && problems.ValueKind == JsonValueKind.Array)
                foreach (var problem in problems.EnumerateArray())
                    words.AppendLine().Append("  ").Append(problem.ValueKind == JsonValueKind.String ? problem.GetString() : problem.GetRawText());
            return words.Length == 0 ? null : words.ToString();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
