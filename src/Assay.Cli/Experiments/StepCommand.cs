using System.CommandLine;
using System.Text.Json;
using Assay.Server;

namespace Assay.Cli.Experiments;

/// <summary>The steps that take a key and a reason: start, pause, resume, stop, rollback.</summary>
internal static class StepCommand
{
    public static Command Create(string step, string description)
    {
        var key = new Argument<string>("KEY") { Description = "The experiment" };
        var reason = new Option<string?>("--reason") { Description = "Why; goes into the audit trail" };
        var server = ServerAddress.CreateOption();
        var format = OutputFormat.CreateOption();
        var command = new Command(step, $"{description}\n\nExample: assay experiments {step} support-prompt{(step == "rollback" ? " --reason \"wrong policy cited\"" : "")}") { key, reason, server, format };
        command.SetAction((parse, cancellationToken) => ServerCall.RunAsync(parse.GetValue(server), HttpMethod.Post,
            $"api/v1/experiments/{Uri.EscapeDataString(parse.GetValue(key)!)}/{step}",
            JsonSerializer.Serialize(new StepRequest { Reason = parse.GetValue(reason) }, ServerJson.Default.StepRequest),
            answer => Print(answer, parse.GetValue(format)!), cancellationToken));
        return command;
    }

    internal static void Print(string answer, string format)
    {
        if (format == "json")
        {
            Console.Out.WriteLine(answer);
            return;
        }
        var state = JsonSerializer.Deserialize(answer, ServerJson.Default.ExperimentSnapshot)!;
        Console.Out.WriteLine($"{state.Key} version {state.Version} is {state.Status}");
    }
}
