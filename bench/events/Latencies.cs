using System.Diagnostics;

namespace Assay.Bench.Events;

/// <summary>What one run measured.</summary>
internal sealed record Latencies(double EventsPerSecond, double MedianMs, double P99Ms)
{
    /// <summary>Lets a number of callers append as fast as they are answered, for some seconds.</summary>
    /// <param name="append">Appends once, and returns when that is durable.</param>
    public static async Task<Latencies> MeasureAsync(int callers, int eventsPerCall, int seconds, Func<int, Task> append)
    {
        var clock = Stopwatch.StartNew();
        var all = await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            var own = new List<double>();
            while (clock.Elapsed.TotalSeconds < seconds)
            {
                var start = Stopwatch.GetTimestamp();
                await append(caller);
                own.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
            return own;
        })));
        var elapsed = clock.Elapsed.TotalSeconds;
        var sorted = all.SelectMany(l => l).Order().ToList();
        return new Latencies(sorted.Count * (double)eventsPerCall / elapsed, sorted[sorted.Count / 2], sorted[(int)(sorted.Count * 0.99)]);
    }
}
