using System.Diagnostics;

namespace Assay.Benchmarks;

/// <summary>The same functions by processor time instead of wall time: on a machine that others use too, only this tells them apart.</summary>
internal static class ProcessorTime
{
    private const int Rounds = 5;

    public static async Task MeasureAsync()
    {
        var benchmark = new AssignmentBenchmark();
        await benchmark.CheckAsync();
        await ReportAsync("FeatureManagement GetVariantAsync", 200_000, async n => { for (var i = 0; i < n; i++) await benchmark.FeatureManagementAsync(); });
        await ReportAsync("Assay sha256", 2_000_000, n => Repeat(n, () => benchmark.Sha256()));
        await ReportAsync("Assay sha256, audience, exposure 50 %", 1_000_000, n => Repeat(n, () => benchmark.Sha256WithAudience()));
        await ReportAsync("Assay md5-10000", 1_000_000, n => Repeat(n, () => benchmark.Md5()));
        await ReportAsync("Assay growthbook-v2", 2_000_000, n => Repeat(n, () => benchmark.GrowthBook()));
    }

    private static Task Repeat<T>(int n, Func<T> action)
    {
        for (var i = 0; i < n; i++) action();
        return Task.CompletedTask;
    }

    /// <summary>The median of the rounds after the first, which warms up.</summary>
    private static async Task ReportAsync(string name, int n, Func<int, Task> action)
    {
        using var process = Process.GetCurrentProcess();
        var rounds = new List<double>();
        for (var round = 0; round <= Rounds; round++)
        {
            process.Refresh();
            var before = process.TotalProcessorTime;
            await action(n);
            process.Refresh();
            if (round > 0) rounds.Add((process.TotalProcessorTime - before).TotalNanoseconds / n);
        }
        rounds.Sort();
        Console.WriteLine(FormattableString.Invariant($"{name}: {rounds[Rounds / 2]:0} ns of processor time ({rounds[0]:0} to {rounds[^1]:0})"));
    }
}
