using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Assay.Evaluation;
using Spectre.Console;

namespace Assay.Cli.Arena;

/// <summary>What a run shows on stderr: before the first call what differs, meanwhile how far it is and what it has cost.</summary>
internal static class ArenaScreen
{
    private const int LongestValue = 60;

    public static void Before(ArenaPlan plan, TextWriter say)
    {
        var suite = plan.Suite;
        say.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{suite.Key}: {plan.Cases.Length:N0} cases × {suite.Variants.Length} variants × {plan.Repeats}; golden set {suite.CasesHash[..12]}, suite {suite.SuiteHash[..12]}"));
        foreach (var difference in SuiteDifference.Of(suite))
        {
            say.WriteLine($"  {suite.Control.Key} -> {difference.Treatment}{(difference.Fields.IsEmpty ? ": no difference (A/A)" : "")}");
            foreach (var field in difference.Fields) say.WriteLine($"    {field.Field}: {Short(field.Control)} -> {Short(field.Treatment)}");
            if (difference.IsConfounded) say.WriteLine($"    confounded: {string.Join(" and ", difference.Kinds)} differ at once; an effect cannot be traced to one of them");
        }
        if (suite.Variants.Any(v => v.IsModel)) say.WriteLine("  " + ArenaReporter.Determinism);
    }

    /// <summary>Shows progress until the run is done.</summary>
    public static async Task<ArenaRun> WatchAsync(ArenaPlan plan, RunProgress progress, Task<ArenaRun> run, TextWriter say, CancellationToken cancellationToken)
    {
        var total = plan.Cells.Count(c => c.Variant.Outputs is null) + plan.JudgeCalls;
        if (Console.IsErrorRedirected || total == 0) return await run;
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(say) });
        await console.Progress().AutoClear(true).Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn()).StartAsync(async context =>
        {
            var bar = context.AddTask("asking", maxValue: total);
            while (!run.IsCompleted && !cancellationToken.IsCancellationRequested)
            {
                bar.Value = progress.Asked + progress.Remembered + progress.Failures;
                bar.Description = Markup.Escape(string.Create(CultureInfo.InvariantCulture,
                    $"{progress.Asked:N0} asked, {progress.Remembered:N0} from the log, {progress.Failures:N0} failed; {progress.SpentUsd:0.0000} USD so far{(progress.UnknownCosts > 0 ? " (some costs unknown)" : "")}"));
                await Task.WhenAny(run, Task.Delay(200, CancellationToken.None));
            }
        });
        return await run;
    }

    public static string Text(DryRun dry, ArenaPlan plan)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{dry.Calls:N0} calls for answers ({dry.Remembered:N0} more are in the log), {dry.JudgeCalls:N0} calls to judges when every reply can be read\n");
        text.Append(CultureInfo.InvariantCulture, $"about {dry.InputTokens:N0} input and {dry.OutputTokens:N0} output tokens for the answers (guessed from the number of bytes; where no max_tokens is set, 300 per answer)\n");
        if (dry.JudgeCalls > 0) text.Append(CultureInfo.InvariantCulture, $"about {dry.JudgeInputTokens:N0} input and {dry.JudgeOutputTokens:N0} output tokens for the judges, if none of their verdicts is in the log\n");
        text.Append(CultureInfo.InvariantCulture, $"cost: {Cost(dry.CostUsd)} for the answers{(dry.JudgeCalls > 0 ? $", {Cost(dry.JudgeCostUsd)} for the judges" : "")}\n");
        if (dry.UnknownPrices.Count > 0) text.Append(CultureInfo.InvariantCulture, $"no price is known of {string.Join(", ", dry.UnknownPrices)}\n");
        foreach (var (variable, upstream, users) in plan.MissingKeys(Environment.GetEnvironmentVariable)) text.Append(CultureInfo.InvariantCulture, $"{variable} is not set: {upstream} needs it, for {string.Join(", ", users)}\n");
        return text.ToString();
    }

    public static string Json(DryRun dry, ArenaPlan plan) => new JsonObject
    {
        ["suite"] = plan.Suite.Key,
        ["suiteHash"] = plan.Suite.SuiteHash,
        ["cases"] = plan.Cases.Length,
        ["repeats"] = plan.Repeats,
        ["calls"] = dry.Calls,
        ["answersInLog"] = dry.Remembered,
        ["judgeCalls"] = dry.JudgeCalls,
        ["inputTokens"] = dry.InputTokens,
        ["outputTokens"] = dry.OutputTokens,
        ["costUsd"] = dry.CostUsd,
        ["judgeInputTokens"] = dry.JudgeInputTokens,
        ["judgeOutputTokens"] = dry.JudgeOutputTokens,
        ["judgeCostUsd"] = dry.JudgeCostUsd,
        ["unknownPrices"] = new JsonArray([.. dry.UnknownPrices.Select(p => JsonValue.Create(p))]),
        ["missingKeys"] = new JsonArray([.. plan.MissingKeys(Environment.GetEnvironmentVariable).Select(k => JsonValue.Create(k.Variable))]),
    }.ToJsonString() + "\n";

    private static string Cost(double? usd) => usd is { } known ? string.Create(CultureInfo.InvariantCulture, $"about {known:0.####} USD") : "not estimable";

    private static string Short(string? value)
    {
        if (value is null) return "(none)";
        var line = value.ReplaceLineEndings(" ").Trim();
        return line.Length <= LongestValue ? line : line[..(LongestValue - 1)] + "…";
    }
}
