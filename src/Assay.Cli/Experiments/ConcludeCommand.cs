using System.CommandLine;
using System.Text.Json;
using Assay.Server;

namespace Assay.Cli.Experiments;

/// <summary><c>assay experiments conclude</c>: a person decides, beside the unchanged verdict.</summary>
internal static class ConcludeCommand
{
    public static Command Create()
    {
        var key = new Argument<string>("KEY") { Description = "The experiment" };
        var outcome = new Option<string>("--outcome") { Description = "ship or keep-control", Required = true };
        outcome.AcceptOnlyFromAmong("ship", "keep-control");
        var variant = new Option<string?>("--variant") { Description = "Which treatment, when there are several" };
        var reason = new Option<string?>("--reason") { Description = "Why; needed when it goes against the verdict" };
        var accept = new Option<string[]>("--accept-guardrail") { Description = "A guardrail that is knowingly passed over; may be repeated" };
        var server = ServerAddress.CreateOption();
        var format = OutputFormat.CreateOption();
        var command = new Command("conclude", "Decide what is served from now on.\n\nExample: assay experiments conclude support-prompt --outcome ship") { key, outcome, variant, reason, accept, server, format };
        command.SetAction((parse, cancellationToken) => ServerCall.RunAsync(parse.GetValue(server), HttpMethod.Post,
            $"api/v1/experiments/{Uri.EscapeDataString(parse.GetValue(key)!)}/conclude",
            JsonSerializer.Serialize(new StepRequest
            {
                Outcome = parse.GetValue(outcome),
                Variant = parse.GetValue(variant),
                Reason = parse.GetValue(reason),
                AcceptedGuardrails = [.. parse.GetValue(accept) ?? []],
            }, ServerJson.Default.StepRequest),
            answer => StepCommand.Print(answer, parse.GetValue(format)!), cancellationToken));
        return command;
    }
}
