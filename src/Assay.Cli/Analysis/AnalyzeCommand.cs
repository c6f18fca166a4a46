using System.CommandLine;
using Assay.Analysis;

namespace Assay.Cli.Analysis;

/// <summary><c>assay analyze</c>: a report from recorded files, or from the running server.</summary>
internal static class AnalyzeCommand
{
    public static Command Create()
    {
        var file = new Argument<string?>("FILE") { Description = "Definition file (or, without --data, the key of an experiment on the server)", Arity = ArgumentArity.ZeroOrOne };
        var data = new Option<string[]>("--data") { Description = "Recorded events: CSV, JSON lines or Parquet, also .gz and globs; may be repeated", AllowMultipleArgumentsPerToken = true };
        var unit = new Option<string?>("--unit") { Description = "Column of the unit's id" };
        var variant = new Option<string?>("--variant") { Description = "Column of the variant" };
        var control = new Option<string?>("--control") { Description = "Value of the variant column that is the control" };
        var metric = new Option<string[]>("--metric") { Description = "column:proportion|mean|count|p95, numerator/denominator:ratio; :lower where less is better. The first is the primary", AllowMultipleArgumentsPerToken = true };
        var segments = new Option<string[]>("--segment") { Description = "Column to look within, such as device; what is known before exposure. Repeatable", AllowMultipleArgumentsPerToken = true };
        var ids = new Option<string[]>("--id") { Description = "An id coarser than the unit, such as user=person_id: the primary is shown with units gathered by it besides. Repeatable", AllowMultipleArgumentsPerToken = true };
        var weights = new Option<string?>("--weights") { Description = "Planned shares, such as base=0.8,tuned=0.2 (default: equal)" };
        var alpha = new Option<double?>("--alpha") { Description = "Two-sided significance level (default: 0.05)" };
        var minimum = new Option<double?>("--minimum-effect") { Description = "The smallest difference worth having, in the primary's unit" };
        var final = new Option<bool>("--final") { Description = "The data are complete: decide now" };
        var gate = new Option<bool>("--gate") { Description = "Exit 0 ship, 1 do-not-ship, hold, rolled-back or no-difference, 3 keep-running or inconclusive, 4 invalid" };
        var server = ServerAddress.CreateOption();
        var format = OutputFormat.CreateOption();
        var command = new Command("analyze",
            "Report and verdict from recorded data, or from the running server.\n\nExample: assay analyze experiment.yaml --data events.jsonl\n"
            + "Example: assay analyze --data results.csv --unit user_id --variant arm --control base --metric correct:proportion")
        { file, data, unit, variant, control, metric, segments, ids, weights, alpha, minimum, final, gate, server, format };
        command.SetAction((parse, cancellationToken) => RunAsync(new AnalysisRequest
        {
            Definition = parse.GetValue(file),
            Data = parse.GetValue(data) ?? [],
            Unit = parse.GetValue(unit),
            Variant = parse.GetValue(variant),
            Control = parse.GetValue(control),
            Metrics = parse.GetValue(metric) ?? [],
            Segments = parse.GetValue(segments) ?? [],
            Ids = parse.GetValue(ids) ?? [],
            Weights = parse.GetValue(weights),
            Alpha = parse.GetValue(alpha),
            MinimumEffect = parse.GetValue(minimum),
            IsFinal = parse.GetValue(final),
        }, parse.GetValue(server), parse.GetValue(format) == "json", parse.GetValue(gate), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(AnalysisRequest request, string? server, bool asJson, bool isGate, CancellationToken cancellationToken)
    {
        if (request.Alpha is { } alpha && !(alpha is > 0 and < 1)) throw new UsageException("--alpha is a probability between 0 and 1");
        if (request.MinimumEffect is { } effect && !(effect > 0 && double.IsFinite(effect))) throw new UsageException("--minimum-effect is a positive number");
        var (report, code) = request.Data.Count > 0
            ? await FileAnalysis.RunAsync(request, cancellationToken) : await ServerAnalysis.RunAsync(request, server, cancellationToken);
        if (report is null) return code;
        if (asJson) Console.Out.WriteLine(ReportJson.Write(report));
        else ReportScreen.Print(report);
        if (isGate) return DecisionNames.GateExitCode(report.Verdict.Decision);
        return report.Verdict.Decision == Decision.Invalid ? ExitCode.Invalid : ExitCode.Done;
    }
}
