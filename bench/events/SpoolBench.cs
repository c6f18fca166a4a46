using Assay.Events;

namespace Assay.Bench.Events;

/// <summary>SQLite beside the journal, by turns in one process, on one disk.</summary>
internal static class SpoolBench
{
    private const int Rounds = 3;

    public static async Task RunAsync(int seconds)
    {
        Console.WriteLine($"events of {BenchEvents.Size()} bytes, median of {Rounds} alternating rounds of {seconds} s, {Environment.ProcessorCount} processors");
        Console.WriteLine("| appenders × events a call | sink | events/s | median ms | p99 ms |");
        Console.WriteLine("|---|---|---:|---:|---:|");
        foreach (var (callers, perCall) in new[] { (1, 1), (16, 1), (64, 1), (1, 500), (4, 500) })
        {
            var sqlite = new List<Latencies>();
            var journal = new List<Latencies>();
            for (var round = 0; round < Rounds; round++)
            {
                sqlite.Add(await RunAsync(callers, perCall, seconds, folder => new SqliteSpool(folder)));
                journal.Add(await RunAsync(callers, perCall, seconds, folder => EventSpool.Open(folder)));
            }
            Print("SQLite WAL FULL", callers, perCall, sqlite);
            Print("journal", callers, perCall, journal);
        }
    }

    private static void Print(string name, int callers, int perCall, List<Latencies> rounds)
    {
        var median = rounds.OrderBy(r => r.EventsPerSecond).ElementAt(Rounds / 2);
        Console.WriteLine(FormattableString.Invariant($"| {callers} × {perCall} | {name} | {median.EventsPerSecond:N0} | {median.MedianMs:F3} | {median.P99Ms:F3} |"));
    }

    private static async Task<Latencies> RunAsync<T>(int callers, int perCall, int seconds, Func<string, T> open) where T : IEventSink, IAsyncDisposable
    {
        var folder = Directory.CreateTempSubdirectory("assay-bench-").FullName;
        try
        {
            await using var sink = open(folder);
            var batches = Enumerable.Range(0, callers).Select(c => Enumerable.Range(0, perCall).Select(i => (AssayEvent)BenchEvents.Generation(c * perCall + i)).ToArray()).ToArray();
            Task Append(int caller) => sink.AppendAsync(batches[caller]).AsTask();
            await Latencies.MeasureAsync(callers, perCall, 1, Append);
            return await Latencies.MeasureAsync(callers, perCall, seconds, Append);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
