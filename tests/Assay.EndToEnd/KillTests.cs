using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Assay.Cli.Demo;
using Assay.DuckDb;

namespace Assay.EndToEnd;

/// <summary>What the server acknowledged survives SIGKILL, once and only once.</summary>
[Trait("Kind", "end to end")]
public sealed class KillTests
{
    private const int Kills = 20;
    private const int Seed = 20261122;

    [Fact]
    public async Task Server_KilledTwentyTimesUnderLoad_KeepsEveryAcknowledgedEventExactlyOnce()
    {
        using var folder = new TemporaryFolder();
        await using var upstream = await SimulatedUpstream.StartAsync(Seed, CancellationToken.None);
        folder.File("definitions/experiment.yaml", Definition(upstream.BaseUrl));
        var random = new Random(Seed);
        var exposed = new ConcurrentDictionary<string, byte>();
        var acknowledged = new ConcurrentDictionary<string, byte>();
        var next = 0;
        for (var round = 0; round < Kills; round++)
        {
            var (server, url) = await ServeAsync(folder);
            using (server)
            {
                using var stop = new CancellationTokenSource();
                if (round == 0) Assert.Equal(0, (await AssayProcess.RunAsync(["experiments", "start", "killed", "--server", url.ToString()])).Code);
                int Number() => Interlocked.Increment(ref next);
                Task[] clients = [
                    .. Enumerable.Range(0, 4).Select(_ => PostUntilStoppedAsync(url, Number, acknowledged, stop.Token)),
                    .. Enumerable.Range(0, 8).Select(_ => ChatUntilStoppedAsync(url, Number, exposed, stop.Token)),
                ];
                // Every other round is killed under full traffic, the rest at any moment of the start.
                if (round % 2 == 0) await UntilAsync(() => exposed.Count >= 5 * (round + 2));
                await Task.Delay(random.Next(0, 400));
                server.Kill();
                await stop.CancelAsync();
                await Task.WhenAll(clients);
            }
        }
        Assert.True(acknowledged.Count > 1000, $"only {acknowledged.Count} events were acknowledged, too few to prove anything (seed {Seed})");

        var (last, _) = await ServeAsync(folder);
        using (last) await last.StopAsync();
        Assert.True(exposed.Count > 50, $"only {exposed.Count} exposures were answered, too few to prove anything (seed {Seed})");
        using var database = DuckDbDatabase.Open(folder.Combine("data", "events.duckdb"));
        using var connection = database.Connect();
        AssertEachOnce(connection, "SELECT event_id, count(*) FROM outcomes GROUP BY event_id", acknowledged.Keys);
        AssertEachOnce(connection, "SELECT exposure_id, count(*) FROM exposures GROUP BY exposure_id", exposed.Keys);
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        for (var tries = 0; tries < 1000 && !condition(); tries++) await Task.Delay(10);
    }

    private static void AssertEachOnce(DuckDbConnection connection, string sql, IEnumerable<string> acknowledged)
    {
        var stored = new Dictionary<string, long>(StringComparer.Ordinal);
        using (var result = connection.Query(sql))
            foreach (var row in result.Rows()) stored[row.GetString(0)] = row.GetInt64(1);
        Assert.Empty(stored.Where(s => s.Value != 1).Take(5));
        Assert.Empty(acknowledged.Where(id => !stored.ContainsKey(id)).Take(5));
    }

    private static string Definition(Uri upstream) => $$"""
        key: killed
        unit: conversation
        route: bot
        variants:
          - { key: control, weight: 0.5, upstream: simulated, model: sim-mini, system: "Be helpful." }
          - { key: treatment, weight: 0.5, upstream: simulated, model: sim-mini, system: "Be brief." }
        metrics: { primary: resolution_rate }
        plan: { minimumEffect: 0.05, baseline: 0.6 }
        ---
        upstreams: { simulated: { baseUrl: "{{upstream}}" } }
        routes: { bot: { upstream: simulated, model: sim-mini } }
        """;

    /// <summary>A conversation per request: the answer's exposure header says that the exposure is on disk.</summary>
    private static async Task ChatUntilStoppedAsync(Uri url, Func<int> number, ConcurrentDictionary<string, byte> exposed, CancellationToken stop)
    {
        using var http = new HttpClient { BaseAddress = url };
        while (!stop.IsCancellationRequested)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "v1/chat/completions");
            request.Headers.Add("x-assay-conversation", $"kill-{number()}");
            request.Content = new StringContent("""{"model":"bot","messages":[{"role":"user","content":"where is my delivery?"}]}""", Encoding.UTF8, "application/json");
            try
            {
                using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
                Assert.Equal(200, (int)response.StatusCode);
                exposed[response.Headers.GetValues("x-assay-exposure-id").Single()] = 0;
            }
            catch (Exception error) when (error is HttpRequestException or OperationCanceledException or IOException)
            {
                return; // killed: no answer, nothing is claimed
            }
        }
    }

    private static async Task<(AssayProcess Server, Uri Url)> ServeAsync(TemporaryFolder folder)
    {
        var url = new Uri($"http://127.0.0.1:{AssayProcess.FreePort()}/");
        var server = AssayProcess.Start(["serve", "--data", folder.Combine("data"), "--definitions", folder.Combine("definitions"), "--urls", url.ToString(), "--quiet"], folder.Path);
        await server.WaitUntilServingAsync(new Uri(url, "healthz"));
        return (server, url);
    }

    private static async Task PostUntilStoppedAsync(Uri url, Func<int> number, ConcurrentDictionary<string, byte> acknowledged, CancellationToken stop)
    {
        using var http = new HttpClient { BaseAddress = url };
        List<string>? refused = null;
        while (!stop.IsCancellationRequested)
        {
            var ids = refused ?? Enumerable.Range(0, 20).Select(_ => $"kill-{number():D7}").ToList();
            var body = JsonSerializer.Serialize(ids.Select(id => new { id, type = "outcome", unit = "unit-" + id, metric = "resolved", value = 1 }));
            try
            {
                using var response = await http.PostAsync("api/v1/events", new StringContent(body, Encoding.UTF8, "application/json"), stop);
                // "No event was stored; send the request again": a slow start or disk may say so, and the sender does as he is told.
                refused = response.StatusCode == HttpStatusCode.ServiceUnavailable && response.Headers.RetryAfter is not null ? ids : null;
                if (refused is not null)
                {
                    await Task.Delay(50, stop);
                    continue;
                }
                Assert.True(response.StatusCode == HttpStatusCode.Accepted, $"{(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(stop)}");
                var counts = await response.Content.ReadFromJsonAsync<JsonElement>(stop);
                Assert.Equal(ids.Count, counts.GetProperty("accepted").GetInt32());
                foreach (var id in ids) acknowledged[id] = 0;
            }
            catch (Exception error) when (error is HttpRequestException or OperationCanceledException or IOException)
            {
                return; // killed: nothing was acknowledged, nothing is claimed
            }
        }
    }
}
