using System.CommandLine;
using System.Text.Json;
using Assay.Server;
using Spectre.Console;

namespace Assay.Cli.Experiments;

internal static class ListExperimentsCommand
{
    public static Command Create()
    {
        var server = ServerAddress.CreateOption();
        var format = OutputFormat.CreateOption();
        var command = new Command("list", "Every experiment of the server, newest version.\n\nExample: assay experiments list") { server, format };
        command.SetAction((parse, cancellationToken) => ServerCall.RunAsync(parse.GetValue(server), HttpMethod.Get, "api/v1/experiments", null, answer =>
        {
            if (parse.GetValue(format) == "json") Console.Out.WriteLine(answer);
            else Print(JsonSerializer.Deserialize(answer, ServerJson.Default.ExperimentSnapshotArray)!);
        }, cancellationToken));
        return command;
    }

    private static void Print(ExperimentSnapshot[] experiments)
    {
        if (experiments.Length == 0)
        {
            Console.Error.WriteLine("no experiments yet; register one with: assay experiments create FILE");
            return;
        }
        var table = new Table().Border(TableBorder.Rounded).AddColumns("experiment", "version", "status", "unit", "route", "variants", "started");
        foreach (var e in experiments)
            table.AddRow(Markup.Escape(e.Key), $"{e.Version}", e.Status, e.Unit, Markup.Escape(e.Route ?? "–"),
                Markup.Escape(string.Join(", ", e.Variants.Select(v => $"{v.Key} {v.Weight:P0}"))), e.StartedAt?.ToString("u") ?? "–");
        AnsiConsole.Write(table);
    }
}
