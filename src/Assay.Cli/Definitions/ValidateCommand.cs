using System.CommandLine;
using Assay.Analysis;
using Assay.Cli.Arena;
using Assay.Evaluation;
using Assay.Experiments;

namespace Assay.Cli.Definitions;

/// <summary><c>assay validate</c>: every problem with file and line, and what differs between the variants.</summary>
public static class ValidateCommand
{
    public static Command Create()
    {
        var files = DefinitionArguments.CreateFiles();
        var format = OutputFormat.CreateOption();
        var command = new Command("validate", "Check definitions and arena suites: every error with file and line, and what differs between the variants.\n\nExample: assay validate examples/support-prompt/experiment.yaml") { files, format };
        command.SetAction(parse =>
        {
            var named = parse.GetValue(files)!;
            var suites = named.Where(SuiteReader.IsSuite).ToList();
            var definitions = named.Except(suites).ToList();
            var result = definitions.Count == 0 ? new DefinitionResult(DefinitionSet.Empty, []) : WithBoundaries(DefinitionReader.ReadFiles(definitions), definitions);
            var read = suites.ConvertAll(s => (File: s, Result: SuiteValidation.Of(s)));
            if (parse.GetValue(format) == "json") Console.Out.WriteLine(SuiteValidation.Json(ValidationJson.Of(result), read).ToJsonString());
            else
            {
                if (definitions.Count > 0) ValidationText.Write(result, Console.Out);
                foreach (var (file, suite) in read) SuiteValidation.Write(file, suite, Console.Out);
            }
            return result.Definitions is null || read.Exists(r => r.Result.Suite is null) ? ExitCode.Usage : ExitCode.Done;
        });
        return command;
    }

    /// <summary>What boundaries spend is known before the start, and only then can they still be changed.</summary>
    private static DefinitionResult WithBoundaries(DefinitionResult result, List<string> files) => result with
    {
        Problems = [.. result.Problems, .. from experiment in result.Definitions?.Experiments ?? []
                                           let warning = BoundaryWarning.Of(experiment.Plan)
                                           where warning is not null
                                           select new DefinitionProblem(ProblemSeverity.Warning, warning.Code, files.Count == 1 ? files[0] : null, 0, "plan.boundaries", $"{experiment.Key}: {warning.Text}", "leave plan.boundaries out, and plan.spending makes boundaries that spend alpha")],
    };
}
