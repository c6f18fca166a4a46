using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
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
        var random = new Random(Seed);
        var acknowledged = new ConcurrentDictionary<string, byte>();
        var next = 0;
        for (var round = 0; round < Kills; round++)
        {
            var (server, url) = await ServeAsync(folder);
            using (server)
            {
                using var stop = new CancellationTokenSource();
                var clients = Enumerable.Range(0, 4).Select(_ => PostUntilStoppedAsync(url, () => Interlocked.Increment(ref next), acknowledged, stop.Token)).ToArray();
                await Task.Delay(random.Next(20, 400));
                server.Kill();
                await stop.CancelAsync();
                await Task.WhenAll(clients);
            }
        }
        Assert.True(acknowledged.Count > 1000, $"only {acknowledged.Count} events were acknowledged, too few to prove anything (seed {Seed})");

        var (last, _) = await ServeAsync(folder);
        using (last) await last.StopAsync();
        using var database = DuckDbDatabase.Open(folder.Combine("data", "events.duckdb"));
        using var connection = database.Connect();
        var stored = new Dictionary<string, long>(StringComparer.Ordinal);
        using (var result = connection.Query("SELECT event_id, count(*) FROM outcomes GROUP BY event_id"))
            foreach (var row in result.Rows()) stored[row.GetString(0)] = row.GetInt64(1);
        Assert.Empty(stored.Where(s => s.Value != 1).Take(5));
        Assert.Empty(acknowledged.Keys.Where(id => !stored.ContainsKey(id)).Take(5));
    }

    private static async Task<(AssayProcess Server, Uri Url)> ServeAsync(TemporaryFolder folder)
    {
        var url = new Uri($"http://127.0.0.1:{AssayProcess.FreePort()}/");
        var server = AssayProcess.Start(["serve", "--data", folder.Combine("data"), "--urls", url.ToString(), "--quiet"], folder.Path);
        await server.WaitUntilServingAsync(new Uri(url, "healthz"));
        return (server, url);
    }

    private static async Task PostUntilStoppedAsync(Uri url, Func<int> number, ConcurrentDictionary<string, byte> acknowledged, CancellationToken stop)
    {
        using var http = new HttpClient { BaseAddress = url };
        while (!stop.IsCancellationRequested)
        {
            var ids = Enumerable.Range(0, 20).Select(_ => $"kill-{number():D7}").ToList();
            var body = JsonSerializer.Serialize(ids.Select(id => new { id, type = "outcome", unit = "unit-" + id, metric = "resolved", value = 1 }));
            try
            {
                using var response = await http.PostAsync("api/v1/events", new StringContent(body, Encoding.UTF8, "application/json"), stop);
                Assert.Equal(202, (int)response.StatusCode);
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
