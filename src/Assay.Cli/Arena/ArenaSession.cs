using Assay.Evaluation;
using Assay.Experiments;

namespace Assay.Cli.Arena;

/// <summary>One run of a suite, from the file to the exit code.</summary>
internal sealed class ArenaSession(ArenaRunOptions options, TimeProvider clock)
{
    private readonly TextWriter _say = Console.Error;

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        if (Read() is not { } suite) return ExitCode.Usage;
        var plan = ArenaPlan.Of(suite, options.Repeat, options.Limit, options.Variants);
        foreach (var problem in plan.Problems) _say.WriteLine(problem);
        if (!plan.Problems.IsEmpty) return ExitCode.Usage;
        ArenaScreen.Before(plan, _say);
        var folder = new ArenaFolder(options.Folder);
        if (options.DryRun) return await DryRunAsync(plan, folder);
        if (MissingKeys(plan)) return ExitCode.CouldNotRun;
        CheckBudget(plan);

        await using var simulation = await Simulation.StartIfAskedAsync(suite, _say, cancellationToken);
        await using var log = folder.OpenLog();
        using var processes = new BoundedProcessRunner(clock, suite.Run.Concurrency);
        var caller = new CallerOptions
        {
            Upstreams = suite.Upstreams,
            Prices = suite.Prices,
            Run = suite.Run,
            Log = log,
            Processes = processes,
            Budget = new Budget(options.MaxCostUsd),
            Resolve = simulation is null ? uri => uri : simulation.Resolve,
            Clock = clock,
        };
        var started = clock.GetTimestamp();
        var startedAt = clock.GetUtcNow();
        ArenaRun run;
        using (var models = new ModelCaller(caller))
        {
            try
            {
                var services = SuiteFiles.Services(suite.Embeddings is { } embeddings ? new EmbeddingCaller(models, embeddings) : null).Checks with { WorkingDirectory = suite.Directory };
                run = await ArenaScreen.WatchAsync(plan, caller.Progress, new ArenaRunner(plan, models, caller, services).RunAsync(cancellationToken), _say, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                _say.WriteLine($"assay: stopped. {Kept(log, folder)}");
                return ExitCode.CouldNotRun;
            }
            catch (IOException e)
            {
                _say.WriteLine($"assay: {e.Message}. {Kept(log, folder)}");
                return ExitCode.CouldNotRun;
            }
        }
        var ledger = folder.Ledger;
        var report = ArenaReporter.Report(run, folder.NewRunId(startedAt, suite.Key), startedAt, clock.GetElapsedTime(started).TotalSeconds, ledger.Of(suite.ContentHash));
        if (simulation is not null) report = report with { Warnings = report.Warnings.Insert(0, Simulation.Says) };
        var html = ArenaHtml.Write(report, ArenaRows.Answers(run));
        var written = await folder.WriteAsync(report, run, html, cancellationToken);
        ledger.Add(report, clock.GetUtcNow());
        await WriteFilesAsync(report, run, html, cancellationToken);
        Console.Out.Write(options.AsJson ? ArenaJson.Write(report) + "\n" : ArenaText.Write(report));
        _say.WriteLine($"\nresults: {Path.GetRelativePath(".", written)}; look at them with: assay arena view {(options.Folder == ArenaCommand.DefaultFolder ? "" : options.Folder)}".TrimEnd());
        return Code(report.Outcome);
    }

    public static int Code(GateOutcome? outcome) => outcome switch
    {
        GateOutcome.Fail => ExitCode.Fail,
        GateOutcome.Inconclusive => ExitCode.Inconclusive,
        GateOutcome.Invalid => ExitCode.Invalid,
        _ => ExitCode.Done,
    };

    private Suite? Read()
    {
        var result = SuiteFiles.Read(options.Suite);
        foreach (var problem in result.Problems) _say.WriteLine(problem);
        if (result.Suite is not { } suite) return null;
        foreach (var key in options.Variants)
            if (!suite.Variants.Any(v => v.Key == key)) throw new UsageException($"--variants: there is no variant '{key}'; there are {string.Join(", ", suite.Variants.Select(v => v.Key))}");
        return suite;
    }

    private async Task<int> DryRunAsync(ArenaPlan plan, ArenaFolder folder)
    {
        await using var log = File.Exists(folder.LogFile) ? folder.OpenLog() : null;
        var dry = DryRun.Of(plan, log, Today());
        Console.Out.Write(options.AsJson ? ArenaScreen.Json(dry, plan) : ArenaScreen.Text(dry, plan));
        return ExitCode.Done;
    }

    private bool MissingKeys(ArenaPlan plan)
    {
        var missing = plan.MissingKeys(Environment.GetEnvironmentVariable).ToList();
        foreach (var (variable, upstream, users) in missing) _say.WriteLine($"assay: {variable} is not set: {upstream} needs it, for {string.Join(", ", users)}");
        if (missing.Count == 0) return false;
        var blocked = missing.SelectMany(m => m.Users).ToHashSet(StringComparer.Ordinal);
        var free = plan.Suite.Variants.Select(v => v.Key).Where(k => !blocked.Contains(k)).ToList();
        var judged = blocked.Where(b => b == ArenaPlan.Embeddings || b.StartsWith("judge ", StringComparison.Ordinal)).ToList();
        _say.WriteLine(free.Count == 0 ? "  nothing can run without it; no call was made"
            : $"  no call was made; {string.Join(", ", free)} can run without it{(judged.Count > 0 ? $" once {string.Join(", ", judged)} {(judged is [not ArenaPlan.Embeddings] ? "is" : "are")} taken out" : "")}: assay arena run {options.Suite} --variants {string.Join(',', free)}");
        return true;
    }

    /// <summary>A limit can only be held where prices are known.</summary>
    private void CheckBudget(ArenaPlan plan)
    {
        if (options.MaxCostUsd is null) return;
        var prices = new PriceTable(plan.Suite.Prices);
        var models = plan.Suite.Variants.Where(v => v.IsModel).Select(v => v.Settings.Model!).Concat(plan.Suite.Judges.SelectMany(j => j.Members).Select(m => m.Model)).Distinct(StringComparer.Ordinal);
        var unknown = models.Where(m => prices.Find(null, m, Today()) is not { InputPer1M: not null, OutputPer1M: not null }).ToList();
        if (unknown.Count > 0) throw new UsageException($"--max-cost cannot be held: {string.Join(", ", unknown)} has no price", $"declare it: prices: {{ {unknown[0]}: {{ inputPer1M: …, outputPer1M: … }} }}");
    }

    private async Task WriteFilesAsync(ArenaReport report, ArenaRun run, string html, CancellationToken cancellationToken)
    {
        if (options.Html is { } page) await File.WriteAllTextAsync(page, html, cancellationToken);
        if (options.JUnit is { } junit) await File.WriteAllTextAsync(junit, ArenaJUnit.Write(report, run), cancellationToken);
        if (options.Markdown is { } markdown) await File.WriteAllTextAsync(markdown, ArenaMarkdown.Write(report), cancellationToken);
        if (options.Csv is { } csv) await File.WriteAllLinesAsync(csv, ArenaRows.Csv(run), cancellationToken);
        if (options.Jsonl is { } jsonl) await File.WriteAllLinesAsync(jsonl, ArenaRows.Answers(run), cancellationToken);
    }

    private static string Kept(AnswerLog log, ArenaFolder folder) => $"{log.Count} answers are kept in {folder.LogFile}; run the same again to go on without paying for them twice";
    private DateOnly Today() => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
}
