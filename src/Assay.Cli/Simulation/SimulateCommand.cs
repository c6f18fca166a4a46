using System.CommandLine;
using System.Text.Json;
using Assay.Analysis;

namespace Assay.Cli.Simulation;

/// <summary><c>assay simulate</c>: what a definition's own plan does when nothing, or something, is there to be found.</summary>
public static class SimulateCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "An experiment's definition" };
        var options = new SimulateOptions();
        var pilot = new SimulatePilot();
        var svg = new Option<FileInfo?>("--svg") { HelpName = "FILE", Description = "Writes the picture of where experiments end as SVG" };
        var format = OutputFormat.CreateOption();
        var command = new Command("simulate",
            "Runs an experiment's own plan many times on made-up traffic, with the looks, boundaries, guardrails, covariate, secondaries, critical segments and rules that its reports use, "
            + "and shows how often it decides what. Beside it: what looking as often without a plan would reject." + Environment.NewLine
            + "Example: assay simulate experiment.yaml --effect .05" + Environment.NewLine
            + "Example: assay simulate experiment.yaml --effect .05 --segment-effect plan=enterprise:-0.02 --segment-share plan=enterprise:0.2 --covariate-correlation .6 --secondary-effect csat=0.1") { file };
        foreach (var option in options.All) command.Options.Add(option);
        foreach (var option in pilot.All) command.Options.Add(option);
        command.Options.Add(svg);
        command.Options.Add(format);
        command.SetAction(async (parse, cancellation) =>
        {
            var (experiment, mapping) = SimulatedDefinition.Read(parse.GetValue(file)!);
            var world = await pilot.ApplyAsync(parse, experiment, mapping, options.Read(parse), options.SaysCovariate(parse), cancellation);
            SimulationResult result;
            try
            {
                result = SimulationProgress.Show(world.Runs, done => PlanSimulator.Run(experiment, world, done, cancellation));
            }
            catch (ArgumentException error)
            {
                throw new UsageException($"{parse.GetValue(file)}: {error.Message}");
            }
            if (parse.GetValue(format) == "json") Console.Out.WriteLine(JsonSerializer.Serialize(result, Json));
            else SimulationText.Write(Console.Out, experiment, result);
            if (parse.GetValue(svg) is { } picture) await File.WriteAllTextAsync(picture.ToString(), SimulationSvg.Of(result, SimulationText.Title(experiment, result)), cancellation);
            return ExitCode.Done;
        });
        return command;
    }
}
