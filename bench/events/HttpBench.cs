using System.Net;
using System.Net.Http.Headers;

namespace Assay.Bench.Events;

/// <summary>Batches of 500 to a running server, as NDJSON; counts only what was answered with 202, that is, what is on disk.</summary>
internal static class HttpBench
{
    private const int Batch = 500;

    public static async Task<int> RunAsync(Uri server, int seconds)
    {
        using var client = new HttpClient { BaseAddress = server };
        // Ids of an earlier run would be duplicates.
        var next = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() * 1000;
        Console.WriteLine("| connections × batch | events/s acknowledged | median ms | p99 ms |");
        Console.WriteLine("|---|---:|---:|---:|");
        foreach (var callers in new[] { 1, 4, 16 })
        {
            async Task Post(int caller)
            {
                var lines = BenchEvents.Outcomes(Interlocked.Add(ref next, Batch) - Batch, Batch);
                var body = new byte[lines.Sum(l => l.Length + 1)];
                var at = 0;
                foreach (var line in lines)
                {
                    line.CopyTo(body, at);
                    at += line.Length;
                    body[at++] = (byte)'\n';
                }
                using var content = new ByteArrayContent(body);
                content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
                using var answer = await client.PostAsync("/api/v1/events", content);
                var text = await answer.Content.ReadAsStringAsync();
                if (answer.StatusCode != HttpStatusCode.Accepted || !text.Contains($"\"accepted\":{Batch}", StringComparison.Ordinal))
                    throw new InvalidOperationException($"{(int)answer.StatusCode}: {text}");
            }
            await Latencies.MeasureAsync(callers, Batch, 1, Post);
            var measured = await Latencies.MeasureAsync(callers, Batch, seconds, Post);
            Console.WriteLine(FormattableString.Invariant($"| {callers} × {Batch} | {measured.EventsPerSecond:N0} | {measured.MedianMs:F2} | {measured.P99Ms:F2} |"));
        }
        return 0;
    }
}
