using Assay.Events;

namespace Assay.Bench.Events;

/// <summary>SQLite beside the journal, by turns in one process, on one disk.</summary>
internal static class SpoolBench
{
    public static async Task RunAsync(int seconds)
    {
        Console.WriteLine($"events of {BenchEvents.Size()} bytes, {seconds} s each, {Environment.ProcessorCount} processors");
        Console.WriteLine("| appenders × events a call | sink | events/s | median ms | p99 ms |");
        Console.WriteLine("|---|---|---:|---:|---:|");
        foreach (var (callers, perCall) in new[] { (1, 1), (16, 1), (64, 1), (1, 500), (4, 500) })
        {
            await RunAsync("SQLite WAL FULL", callers, perCall, seconds, folder => new SqliteSpool(folder));
            await RunAsync("journal", callers, perCall, seconds, folder => EventSpool.Open(folder));
        }
    }

    private static async Task RunAsync<T>(string name, int callers, int perCall, int seconds, Func<string, T> open) where T : IEventSink, IAsyncDisposable
    {
        var folder = Directory.CreateTempSubdirectory("assay-bench-").FullName;
        try
        {
            await using var sink = open(folder);
            var batches = Enumerable.Range(0, callers).Select(c => Enumerable.Range(0, perCall).Select(i => (AssayEvent)BenchEvents.Generation(c * perCall + i)).ToArray()).ToArray();
            Task Append(int caller) => sink.AppendAsync(batches[caller]).AsTask();
            await Latencies.MeasureAsync(callers, perCall, 1, Append);
            var measured = await Latencies.MeasureAsync(callers, perCall, seconds, Append);
            Console.WriteLine(FormattableString.Invariant($"| {callers} × {perCall} | {name} | {measured.EventsPerSecond:N0} | {measured.MedianMs:F3} | {measured.P99Ms:F3} |"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
