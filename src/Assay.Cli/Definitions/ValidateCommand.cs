using System.CommandLine;
using Assay.Experiments;

namespace Assay.Cli.Definitions;

/// <summary><c>assay validate</c>: every problem with file and line, and what differs between the variants.</summary>
public static class ValidateCommand
{
    public static Command Create()
    {
        var files = DefinitionArguments.CreateFiles();
        var format = OutputFormat.CreateOption();
        var command = new Command("validate", "Check definitions: every error with file and line, and what differs between the variants.\n\nExample: assay validate examples/support-prompt/experiment.yaml") { files, format };
        command.SetAction(parse =>
        {
            var result = DefinitionReader.ReadFiles(parse.GetValue(files)!);
            if (parse.GetValue(format) == "json") Console.Out.WriteLine(ValidationJson.Of(result).ToJsonString());
            else ValidationText.Write(result, Console.Out);
            return result.Definitions is null ? ExitCode.Usage : ExitCode.Done;
        });
        return command;
    }
}
