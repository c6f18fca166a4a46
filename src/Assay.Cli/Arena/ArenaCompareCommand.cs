using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using Assay.Evaluation;

namespace Assay.Cli.Arena;

/// <summary><c>assay arena compare</c>: two runs, case by case.</summary>
internal static class ArenaCompareCommand
{
    public static Command Create()
    {
        var a = new Argument<string>("A") { Description = "A run: its folder, or its name in --out" };
        var b = new Argument<string>("B") { Description = "Another" };
        var variantA = new Option<string?>("--variant-a") { Description = "One variant of A, against one of B; without both, every variant that the two have in common" };
        var variantB = new Option<string?>("--variant-b") { Description = "One variant of B" };
        var folder = ArenaCommand.CreateFolder();
        var format = OutputFormat.CreateOption();
        var command = new Command("compare", "Compare two runs pairwise, over the cases that both have. Exit 4 when they have none in common.\n\nExample: assay arena compare 20260105-101500-support 20260112-093000-support")
        { a, b, variantA, variantB, folder, format };
        command.SetAction(parse => Compare(new ArenaFolder(parse.GetValue(folder)!), parse.GetValue(a)!, parse.GetValue(b)!, parse.GetValue(variantA), parse.GetValue(variantB), parse.GetValue(format) == "json"));
        return command;
    }

    private static int Compare(ArenaFolder folder, string a, string b, string? variantA, string? variantB, bool asJson)
    {
        if (variantA is null != variantB is null) throw new UsageException("--variant-a and --variant-b go together");
        var (first, second) = (SavedRun.Load(folder, a), SavedRun.Load(folder, b));
        var pairs = variantA is not null ? [(first.Require(variantA), second.Require(variantB!))] : first.Variants.Intersect(second.Variants, StringComparer.Ordinal).Select(v => (v, v)).ToList();
        if (pairs.Count == 0) throw new UsageException($"the runs have no variant in common: {string.Join(", ", first.Variants)} and {string.Join(", ", second.Variants)}", "name them with --variant-a and --variant-b");
        var rows = ImmutableArray.CreateBuilder<ComparisonRow>();
        foreach (var (left, right) in pairs)
        {
            var (control, treatment) = ($"{left} ({first.Name})", $"{right} ({second.Name})");
            var common = first.CasesOf(left).Intersect(second.CasesOf(right)).ToHashSet(StringComparer.Ordinal);
            ScoreRow[] scores = [.. first.ScoresOf(left).Where(s => common.Contains(s.Case)).Select(s => s with { Variant = control }), .. second.ScoresOf(right).Where(s => common.Contains(s.Case)).Select(s => s with { Variant = treatment })];
            rows.AddRange(ArenaComparison.Compare(scores, [], new ComparisonOptions { Control = control, Treatments = [treatment] }).Comparisons);
        }
        if (first.CasesHash != second.CasesHash) Console.Error.WriteLine("the golden sets differ: only cases with the same id in both are compared; their content may differ");
        if (asJson) Console.Out.WriteLine(JsonSerializer.Serialize(rows.ToImmutable(), ArenaJson.Default.ImmutableArrayComparisonRow));
        else foreach (var row in rows) Console.Out.WriteLine(row.Text);
        return rows.Any(r => r.Units > 0) ? ExitCode.Done : ExitCode.Invalid;
    }
}
