using System.Diagnostics;
using System.Globalization;
using Assay.AnalysisBench;
using Assay.DuckDb;
using Assay.Events;
using Assay.Storage;

// Arguments: rows, units, runs. Everything is generated, from a fixed seed; nothing here was measured on users.
var rows = Number(0, 10_000_000);
var units = Number(1, 1_000_000);
var runs = (int)Number(2, 5);
var folder = Directory.CreateTempSubdirectory("assay-bench-");
try
{
    var path = Path.Combine(folder.FullName, "events.duckdb");
    using (var empty = DuckDbEventStore.Open(path)) { }
    var watch = Stopwatch.StartNew();
    using (var database = DuckDbDatabase.Open(path, new Dictionary<string, string> { ["memory_limit"] = "1500MB", ["preserve_insertion_order"] = "false" }))
    using (var connection = database.Connect())
        SyntheticEvents.Write(connection, rows, units);
    Say($"generated {rows:N0} outcomes of {units:N0} units, seed {SyntheticEvents.Seed}, in {watch.Elapsed.TotalSeconds:F1} s; file {new FileInfo(path).Length / 1e6:F0} MB; DuckDB {DuckDbDatabase.LibraryVersion}, {Environment.ProcessorCount} cores");

    using var store = DuckDbEventStore.Open(path, new DuckDbStoreOptions("1500MB"));
    var query = new MomentsQuery(SyntheticEvents.Experiment, 1);
    List<Cost> plain = [], moments = [], singles = [], reports = [], covariates = [], strata = [];
    var peakOfMoments = "unknown";
    for (var run = 0; run <= runs; run++)
    {
        var a = Time(() => store.WithConnection(c => { using var r = c.Query(SyntheticEvents.PlainQuery); return r.Rows().Count(); }));
        ExperimentMoments? result = null;
        var b = await TimeAsync(async () => result = await store.ReadMomentsAsync(query));
        if (run == 0) peakOfMoments = PeakMegabytes();
        // What a report asks for: the same moments, and the diagnostics over days, segments and tails; with one primary, and with all five.
        var s = await TimeAsync(async () => await store.ReadMomentsAsync(query with { Experiment = SyntheticEvents.WithOnePrimary, WithDiagnostics = true }));
        var d = await TimeAsync(async () => await store.ReadMomentsAsync(query with { WithDiagnostics = true }));
        var x = await TimeAsync(async () => await store.ReadMomentsAsync(query with { Experiment = SyntheticEvents.WithCovariates }));
        var y = await TimeAsync(async () => await store.ReadMomentsAsync(query with { Experiment = SyntheticEvents.WithStrata }));
        if (run == 0)
        {
            SyntheticEvents.Check(store, result!);
            Say($"warm-up: plain {a.Wall:F2} s, moments {b.Wall:F2} s; both give the same means");
            continue;
        }
        plain.Add(a);
        moments.Add(b);
        singles.Add(s);
        reports.Add(d);
        covariates.Add(x);
        strata.Add(y);
        Say($"run {run}: plain {a.Wall:F2} s (processor {a.Processor:F2} s), moments {b.Wall:F2} s ({b.Processor:F2} s), report with one primary {s.Wall:F2} s ({s.Processor:F2} s), with five {d.Wall:F2} s ({d.Processor:F2} s), moments with covariates {x.Wall:F2} s, with strata {y.Wall:F2} s");
    }
    double plainWall = Median(plain, c => c.Wall), momentsWall = Median(moments, c => c.Wall), plainCpu = Median(plain, c => c.Processor), momentsCpu = Median(moments, c => c.Processor);
    Say($"median: plain {plainWall:F2} s, moments {momentsWall:F2} s, ratio {momentsWall / plainWall:F2}");
    Say($"median of processor time: plain {plainCpu:F2} s, moments {momentsCpu:F2} s, ratio {momentsCpu / plainCpu:F2}; peak memory with the generation {peakOfMoments} MB");
    Say($"report: median with one primary {Median(singles, c => c.Wall):F2} s, ratio {Median(singles, c => c.Wall) / plainWall:F2}; with five {Median(reports, c => c.Wall):F2} s, ratio {Median(reports, c => c.Wall) / plainWall:F2}");
    Say($"report, processor time: with one primary {Median(singles, c => c.Processor):F2} s, ratio {Median(singles, c => c.Processor) / plainCpu:F2}; with five {Median(reports, c => c.Processor):F2} s, ratio {Median(reports, c => c.Processor) / plainCpu:F2}; peak memory of all {PeakMegabytes()} MB");
    Say($"with two covariates: median {Median(covariates, c => c.Wall):F2} s, ratio {Median(covariates, c => c.Wall) / plainWall:F2}; with strata: median {Median(strata, c => c.Wall):F2} s, ratio {Median(strata, c => c.Wall) / plainWall:F2}");
}
finally
{
    folder.Delete(recursive: true);
}

long Number(int index, long otherwise) => args.Length > index ? long.Parse(args[index], CultureInfo.InvariantCulture) : otherwise;

static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

static Cost Time(Action action)
{
    var processor = Processor();
    var watch = Stopwatch.StartNew();
    action();
    return new Cost(watch.Elapsed.TotalSeconds, Processor() - processor);
}

static async Task<Cost> TimeAsync(Func<Task> action)
{
    var processor = Processor();
    var watch = Stopwatch.StartNew();
    await action();
    return new Cost(watch.Elapsed.TotalSeconds, Processor() - processor);
}

static double Processor()
{
    using var process = Process.GetCurrentProcess();
    return process.TotalProcessorTime.TotalSeconds;
}

static double Median(List<Cost> costs, Func<Cost, double> of)
{
    var sorted = costs.Select(of).Order().ToArray();
    return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
}

// VmHWM: the most memory the process ever held, native memory included.
static string PeakMegabytes() =>
    File.Exists("/proc/self/status") && File.ReadLines("/proc/self/status").FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal)) is { } line
        ? (long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024).ToString(CultureInfo.InvariantCulture)
        : "unknown";

/// <summary>What one run took, in seconds.</summary>
internal readonly record struct Cost(double Wall, double Processor);
