using System.CommandLine;
using System.Text.Json;
using Assay.Analysis;
using Assay.Storage;

namespace Assay.Cli.Analysis;

/// <summary><c>assay compare</c>: two recordings of the same items, item by item.</summary>
internal static class CompareCommand
{
    public static Command Create()
    {
        var control = new Argument<string>("BASE") { Description = "Recorded results of the control: CSV, JSON lines or Parquet" };
        var treatment = new Argument<string>("TUNED") { Description = "Recorded results of the treatment, same columns" };
        var id = new Option<string>("--id") { Description = "Column of the item's id", Required = true };
        var metric = new Option<string>("--metric") { Description = "Column of the value: true/false or a number", Required = true };
        var alpha = new Option<double>("--alpha") { Description = "Two-sided significance level", DefaultValueFactory = _ => 0.05 };
        var format = OutputFormat.CreateOption();
        var command = new Command("compare", "Paired comparison of two files of recorded results. Exit 4 when an id is missing on either side.\n\nExample: assay compare base.jsonl tuned.jsonl --id question_id --metric correct")
        { control, treatment, id, metric, alpha, format };
        command.SetAction((parse, cancellationToken) => RunAsync(
            parse.GetValue(control)!, parse.GetValue(treatment)!, parse.GetValue(id)!, parse.GetValue(metric)!, parse.GetValue(alpha), parse.GetValue(format) == "json", cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string control, string treatment, string id, string metric, double alpha, bool asJson, CancellationToken cancellationToken)
    {
        if (!(alpha is > 0 and < 1)) throw new UsageException("--alpha is a probability between 0 and 1");
        if (id.Length == 0 || metric.Length == 0) throw new UsageException("--id and --metric name columns");
        var read = await PairedFileReader.ReadAsync(control, treatment, id, metric, cancellationToken);
        if (DataProblems.Print(read.Problems) is { } code) return code;
        var values = read.Values!;
        if (values.Control.Length == 0) throw new UsageException($"no {id} has a value in both files: there is nothing to compare");
        var report = PairedComparer.Compare(metric, values.Control.AsSpan(), values.Treatment.AsSpan(), alpha, values.OnlyInControl, values.OnlyInTreatment);
        if (asJson) Console.Out.WriteLine(JsonSerializer.Serialize(report, ReportJson.Default.PairedReport));
        else Console.Out.Write(PairedText.Write(report, Name(control, treatment), Name(treatment, control)));
        return values.OnlyInControl.Length + values.OnlyInTreatment.Length > 0 ? ExitCode.Invalid : ExitCode.Done;
    }

    /// <summary>The file's name, or the whole path where both are called alike.</summary>
    private static string Name(string path, string other) => Path.GetFileName(path) == Path.GetFileName(other) ? path : Path.GetFileName(path);
}
