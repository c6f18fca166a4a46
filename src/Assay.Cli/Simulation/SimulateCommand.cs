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
        var effect = new Option<double>("--effect") { Description = "True difference of the treatments in the primaries, in the metric's unit; positive is good, 0 is an A/A experiment", DefaultValueFactory = _ => 0 };
        var runs = new Option<int>("--runs") { Description = "Experiments to simulate", DefaultValueFactory = _ => 10_000 };
        var seed = new Option<long>("--seed") { Description = "The same seed gives the same result on any number of processors", DefaultValueFactory = _ => 1 };
        var units = new Option<long?>("--units") { Description = "Units in all arms together, where the plan has no size of its own" };
        var assume = new Option<string[]>("--assume") { Description = "What is true of the control: METRIC=VALUE, or METRIC=VALUE:SD; may be repeated", AllowMultipleArgumentsPerToken = true };
        var distribution = new Option<string>("--distribution") { Description = "How means are spread: normal, or lognormal for latencies, costs and tokens", DefaultValueFactory = _ => "normal" };
        distribution.AcceptOnlyFromAmong("normal", "lognormal");
        var format = OutputFormat.CreateOption();
        var command = new Command("simulate",
            "Runs an experiment's own plan many times on made-up traffic, with the looks, boundaries, guardrails and rules that its reports use, and shows how often it decides what. "
            + "Beside it: what looking as often without a plan would reject." + Environment.NewLine
            + "Example: assay simulate experiment.yaml --effect .05") { file, effect, runs, seed, units, assume, distribution, format };
        command.SetAction((parse, cancellation) =>
        {
            var experiment = SimulatedDefinition.Read(parse.GetValue(file)!);
            var count = parse.GetValue(runs);
            if (count is < 1 or > 10_000_000) throw new UsageException($"--runs {count}: must lie between 1 and 10,000,000");
            if (!double.IsFinite(parse.GetValue(effect))) throw new UsageException("--effect must be a number");
            if (parse.GetValue(units) is <= 0) throw new UsageException("--units must be above 0");
            var options = new SimulationOptions
            {
                Effect = parse.GetValue(effect),
                Runs = count,
                Seed = parse.GetValue(seed),
                Parallelism = Environment.ProcessorCount,
                Units = parse.GetValue(units),
                IsSkewed = parse.GetValue(distribution) == "lognormal",
                Given = [.. (parse.GetValue(assume) ?? []).Select(SimulatedDefinition.ReadAssumption)],
            };
            SimulationResult result;
            try
            {
                result = SimulationProgress.Show(count, done => PlanSimulator.Run(experiment, options, done, cancellation));
            }
            catch (ArgumentException error)
            {
                throw new UsageException($"{parse.GetValue(file)}: {error.Message}");
            }
            if (parse.GetValue(format) == "json") Console.Out.WriteLine(JsonSerializer.Serialize(result, Json));
            else SimulationText.Write(Console.Out, experiment, result);
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }
}
