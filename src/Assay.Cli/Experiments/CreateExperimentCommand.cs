using System.CommandLine;
using System.Text.Json;
using Assay.Experiments;
using Assay.Server;

namespace Assay.Cli.Experiments;

/// <summary><c>assay experiments create</c>: reads a definition here, with the files it refers to, and registers it there.</summary>
internal static class CreateExperimentCommand
{
    public static Command Create()
    {
        var files = new Argument<string[]>("FILE") { Description = "Definition files", Arity = ArgumentArity.OneOrMore };
        var server = ServerAddress.CreateOption();
        var format = OutputFormat.CreateOption();
        var command = new Command("create", "Register definitions as drafts; what has started gets a new version.\n\nExample: assay experiments create examples/support-prompt/experiment.yaml") { files, server, format };
        command.SetAction(async (parse, cancellationToken) =>
        {
            var read = DefinitionReader.ReadFiles(parse.GetValue(files)!);
            foreach (var problem in read.Problems) Console.Error.WriteLine(problem);
            if (read.Definitions is not { } set) return ExitCode.Usage;
            return await ServerCall.RunAsync(parse.GetValue(server), HttpMethod.Post, "api/v1/experiments", DefinitionWriter.ToJson(set), answer =>
            {
                if (parse.GetValue(format) == "json")
                {
                    Console.Out.WriteLine(answer);
                    return;
                }
                foreach (var state in JsonSerializer.Deserialize(answer, ServerJson.Default.CreateResponse)!.Experiments)
                    Console.Out.WriteLine($"{state.Key} version {state.Version} is {state.Status}{(state.Status == "draft" ? $"; next: assay experiments start {state.Key}" : "")}");
            }, cancellationToken);
        });
        return command;
    }
}
