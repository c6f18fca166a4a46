using System.CommandLine;
using Assay.Evaluation;

namespace Assay.Cli.Judging;

/// <summary><c>assay judge presets</c>: rubrics that come with the program, as files to start from.</summary>
internal static class PresetsCommand
{
    public static Command Create()
    {
        var name = new Argument<string?>("NAME") { Description = "Prints this rubric", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("presets", "Lists the rubrics that come along, or prints one as YAML to start from.\n\nExample: assay judge presets factuality > rubric.yaml") { name };
        command.SetAction(parse =>
        {
            if (parse.GetValue(name) is { } wanted)
                Console.Out.Write(Presets.Text(wanted) ?? throw new UsageException($"there is no preset '{wanted}'; there are {string.Join(", ", Presets.Names)}"));
            else
                foreach (var preset in Presets.Names) Console.Out.WriteLine($"{preset,-20}{Presets.Find(preset)!.Task.Split(". ")[0].TrimEnd('.')}");
            return ExitCode.Done;
        });
        return command;
    }
}
