using Assay.Events;

namespace Assay.Bench.Events;

/// <summary>The way of a posted batch without HTTP: JSON → strict reading → ids looked up → on disk. Ids are the client's and new.</summary>
internal static class IntakeBench
{
    private const int Batch = 500;

    public static async Task RunAsync(int seconds)
    {
        Console.WriteLine("| callers × batch | events/s acknowledged | median ms | p99 ms | processor µs an event |");
        Console.WriteLine("|---|---:|---:|---:|---:|");
        foreach (var callers in new[] { 1, 4, 16 })
        {
            var folder = Directory.CreateTempSubdirectory("assay-bench-").FullName;
            try
            {
                await using var spool = EventSpool.Open(folder);
                var intake = new EventIntake(spool, new NullEventStore());
                await intake.RebuildAsync();
                var reader = new EventReader(TimeProvider.System);
                var next = 0L;
                async Task Append(int caller)
                {
                    var batch = BenchEvents.Outcomes(Interlocked.Add(ref next, Batch) - Batch, Batch);
                    var result = await intake.AcceptAsync(batch.ConvertAll(json => reader.Read(json)));
                    if (result.Accepted != Batch) throw new InvalidOperationException(result.Rejected.FirstOrDefault()?.Reason ?? "duplicates");
                }
                await Latencies.MeasureAsync(callers, Batch, 1, Append);
                var (processor, stored) = (Environment.CpuUsage.TotalTime, spool.Appended);
                var measured = await Latencies.MeasureAsync(callers, Batch, seconds, Append);
                // Independent of what else the machine does; making the batches is in it.
                var each = (Environment.CpuUsage.TotalTime - processor).TotalMicroseconds / (spool.Appended - stored);
                Console.WriteLine(FormattableString.Invariant($"| {callers} × {Batch} | {measured.EventsPerSecond:N0} | {measured.MedianMs:F2} | {measured.P99Ms:F2} | {each:F1} |"));
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }
}
