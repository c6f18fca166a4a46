using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using Assay.Cli.Analysis;
using Assay.Evaluation;

namespace Assay.Cli.Judging;

/// <summary><c>assay judge calibrate</c>: does the judge say what humans say?</summary>
internal static class CalibrateCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "CSV or JSON lines with item, human, judge and, where known, order (A or B: shown first), lengthA, lengthB" };
        var agreement = new Option<double>("--min-agreement") { Description = "Share of items on which both must agree", DefaultValueFactory = _ => 0.8 };
        var kappa = new Option<double?>("--min-kappa") { Description = "Kappa (agreement beyond chance) that must be reached besides" };
        var alpha = new Option<double>("--alpha") { Description = "Intervals have level 1 - alpha", DefaultValueFactory = _ => 0.05 };
        var rubric = new Option<string?>("--rubric") { Description = "The judge's rubric (file or preset): labels in its examples or usedLabels are set aside" };
        var used = new Option<string[]>("--used") { Description = "File of labels that shaped the judge's prompt, examples or threshold; they are set aside. May be given several times" };
        var hash = new Option<string[]>("--judge-hash") { Description = "Configuration hash of the judge that gave the labels, kept with the result, so that a suite can ask for a calibration of just this judge" };
        var format = OutputFormat.CreateOption();
        var command = new Command("calibrate", """
            Agreement, kappa, confusion and biases of a judge against human labels.
            Exit 0: calibrated; 1: recalibrate the judge; 3: it agrees, but on fewer than 30 labels.

            Example: assay judge calibrate labels.csv --min-agreement 0.8 --rubric rubric.yaml
            """)
        { file, agreement, kappa, alpha, rubric, used, hash, format };
        command.SetAction(parse => Run(parse.GetValue(file)!, new CalibrationPolicy
        {
            MinimumAgreement = InRange(parse.GetValue(agreement), n => n is > 0 and <= 1, "--min-agreement is a share above 0 and up to 1 (0.8 for 80 %)"),
            MinimumKappa = parse.GetValue(kappa) is { } k ? InRange(k, n => n is >= -1 and <= 1, "--min-kappa lies from -1 to 1") : null,
            Alpha = InRange(parse.GetValue(alpha), n => n is > 0 and < 1, "--alpha is a probability between 0 and 1"),
            JudgeHashes = [.. parse.GetValue(hash) ?? []],
        }, parse.GetValue(rubric), parse.GetValue(used) ?? [], parse.GetValue(format) == "json"));
        return command;
    }

    private static int Run(string path, CalibrationPolicy policy, string? rubric, string[] used, bool asJson)
    {
        var seen = ImmutableSortedSet.CreateBuilder<string>(StringComparer.Ordinal);
        if (rubric is not null) seen.UnionWith(Rubric(rubric).LabelsSeen);
        foreach (var other in used)
            if (Labels(other) is { } shaped) seen.UnionWith(shaped.Select(l => LabelHash.Of(l.Item)));
            else return ExitCode.Usage;
        if (Labels(path) is not { } labels) return ExitCode.Usage;
        var record = JudgeCalibration.Run(labels, policy with { SeenLabels = seen.ToImmutable() });
        if (asJson) Console.Out.WriteLine(JsonSerializer.Serialize(record, CalibrationJson.Default.CalibrationRecord));
        else Console.Out.Write(CalibrationText.Write(record));
        return record.N == 0 ? ExitCode.Usage : record.Decision switch
        {
            CalibrationDecision.Calibrated => ExitCode.Done,
            CalibrationDecision.Recalibrate => ExitCode.Fail,
            _ => ExitCode.Inconclusive,
        };
    }

    /// <summary>Null, with problems on stderr, when the file cannot be used.</summary>
    private static ImmutableArray<JudgeLabel>? Labels(string path)
    {
        if (Directory.Exists(path)) throw new UsageException($"'{path}' is a directory", "name a file of labels");
        var read = LabelFile.Parse(File.ReadAllText(path), path);
        foreach (var problem in read.Problems.Take(20)) Console.Error.WriteLine(problem);
        if (read.Problems.Length > 20) Console.Error.WriteLine($"{path}: and {read.Problems.Length - 20} more");
        return read.Problems.IsEmpty ? read.Labels : null;
    }

    private static Rubric Rubric(string name)
    {
        if (!File.Exists(name) && Presets.Find(name) is { } preset) return preset;
        var result = RubricReader.ReadFile(name);
        DataProblems.Print(result.Problems);
        return result.Rubric ?? throw new UsageException($"'{name}' is neither a rubric file that can be read nor a preset", $"presets are {string.Join(", ", Presets.Names)}");
    }

    private static double InRange(double value, Func<double, bool> isValid, string message) => isValid(value) ? value : throw new UsageException(message);
}
