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
        byte[] Body()
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
            return body;
        }

        await FloorAsync(seconds, Body);
        foreach (var callers in new[] { 1, 4, 16 })
        {
            async Task Post(int caller)
            {
                using var content = new ByteArrayContent(Body());
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

    /// <summary>The floor: the same bodies, appended to a plain file and flushed to the disk, each before the next; no HTTP, no reading, no ids, no store.</summary>
    private static async Task FloorAsync(int seconds, Func<byte[]> body)
    {
        var path = Path.Combine(Path.GetTempPath(), "assay-bench-floor");
        try
        {
            using var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write);
            var at = 0L;
            Task Append(int caller)
            {
                var bytes = body();
                RandomAccess.Write(file, bytes, at);
                RandomAccess.FlushToDisk(file);
                at += bytes.Length;
                return Task.CompletedTask;
            }
            await Latencies.MeasureAsync(1, Batch, 1, Append);
            var measured = await Latencies.MeasureAsync(1, Batch, seconds, Append);
            Console.WriteLine(FormattableString.Invariant($"| floor: plain file, flushed after each batch | {measured.EventsPerSecond:N0} | {measured.MedianMs:F2} | {measured.P99Ms:F2} |"));
        }
        finally
        {
            File.Delete(path);
        }
    }
}
