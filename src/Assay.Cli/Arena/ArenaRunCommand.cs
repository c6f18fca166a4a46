using System.CommandLine;

namespace Assay.Cli.Arena;

/// <summary><c>assay arena run</c>: parses what was asked, and leaves the rest to <see cref="ArenaSession"/>.</summary>
internal static class ArenaRunCommand
{
    public static Command Create()
    {
        var suite = new Argument<string>("SUITE") { Description = "A suite, or a promptfoo configuration" };
        var repeat = new Option<int?>("--repeat") { Description = "Answers per case and variant; earlier ones are kept and pooled" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Ask nothing; say how many calls, tokens and dollars it would take" };
        var limit = new Option<int?>("--limit") { Description = "Only so many cases, from the first" };
        var maxCost = new Option<double?>("--max-cost") { Description = "In US dollars: a call that might exceed it is not made, and the gate is invalid" };
        var variants = new Option<string>("--variants") { Description = "Only these, separated by commas; the first in the suite is the control" };
        var junit = new Option<string?>("--junit") { Description = "Write JUnit XML to this file" };
        var html = new Option<string?>("--html") { Description = "Write the report as one self-contained page to this file" };
        var markdown = new Option<string?>("--markdown") { Description = "Write Markdown for a pull request to this file" };
        var csv = new Option<string?>("--csv") { Description = "Write a row per answer to this file" };
        var jsonl = new Option<string?>("--jsonl") { Description = "Write answers with their scores to this file" };
        var folder = ArenaCommand.CreateFolder();
        var format = OutputFormat.CreateOption();
        foreach (var option in (Option<int?>[])[repeat, limit])
            option.Validators.Add(result =>
            {
                if (result.GetValueOrDefault<int?>() < 1) result.AddError($"{option.Name} takes a whole number of at least 1");
            });
        maxCost.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double?>() is { } usd && !(usd >= 0 && double.IsFinite(usd))) result.AddError("--max-cost takes an amount of US dollars, not negative");
        });
        var command = new Command("run",
            "Run a suite: fetch answers, score them, compare the variants paired by case, and decide.\nExit 0 pass (or no gate), 1 fail, 2 wrong suite, 3 inconclusive, 4 invalid, 5 could not run.\nEvery answer is on disk before it is used: a run that was stopped goes on where it was, without paying again.\n\nExample: assay arena run suite.yaml --max-cost 2 --html report.html")
        { suite, repeat, dryRun, limit, maxCost, variants, junit, html, markdown, csv, jsonl, folder, format };
        command.SetAction((parse, cancellationToken) => new ArenaSession(new ArenaRunOptions
        {
            Suite = parse.GetValue(suite)!,
            Folder = parse.GetValue(folder)!,
            Repeat = parse.GetValue(repeat),
            Limit = parse.GetValue(limit),
            MaxCostUsd = parse.GetValue(maxCost),
            Variants = parse.GetValue(variants)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [],
            DryRun = parse.GetValue(dryRun),
            AsJson = parse.GetValue(format) == "json",
            JUnit = parse.GetValue(junit),
            Html = parse.GetValue(html),
            Markdown = parse.GetValue(markdown),
            Csv = parse.GetValue(csv),
            Jsonl = parse.GetValue(jsonl),
        }, TimeProvider.System).RunAsync(cancellationToken));
        return command;
    }
}
