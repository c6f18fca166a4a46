using System.CommandLine;

namespace Assay.Cli.Experiments;

internal static class ShowExperimentCommand
{
    public static Command Create()
    {
        var key = new Argument<string>("KEY") { Description = "The experiment" };
        var definition = new Option<bool>("--definition") { Description = "The registered definition instead, as canonical JSON" };
        var server = ServerAddress.CreateOption();
        var command = new Command("show", "One experiment as JSON: version, status, variants, times, conclusion.\n\nExample: assay experiments show support-prompt") { key, definition, server };
        command.SetAction((parse, cancellationToken) => ServerCall.RunAsync(parse.GetValue(server), HttpMethod.Get,
            $"api/v1/experiments/{Uri.EscapeDataString(parse.GetValue(key)!)}{(parse.GetValue(definition) ? "/definition" : "")}", null, Console.Out.WriteLine, cancellationToken));
        return command;
    }
}
