using System.CommandLine;
using Assay.Experiments;
using Assay.Experiments.Reading;

namespace Assay.Cli.Stats;

/// <summary><c>assay size</c>: how many units an experiment needs.</summary>
public static class SizeCommand
{
    public static Command Create()
    {
        var options = new SizeOptions();
        var file = new Argument<FileInfo?>("FILE") { Arity = ArgumentArity.ZeroOrOne, Description = "An experiment's definition: sized by its plan and weights." };
        var command = new Command("size",
            "How many units are needed, and for how many days." + Environment.NewLine
            + "Example: assay size proportion --baseline .60 --effect .05 --daily 400" + Environment.NewLine
            + "Example: assay size experiment.yaml --pilot last-month.parquet --daily 400 --svg curve.svg") { file };
        foreach (var option in new Option[] { options.Daily, options.Pilot, options.Column, options.Assume, options.Looks, options.Spending, options.Svg, options.Format }) command.Options.Add(option);
        command.SetAction(async (result, cancellationToken) =>
        {
            options.CheckPlan(result);
            var path = result.GetValue(file) ?? throw new UsageException("say what to size: proportion, mean, ratio, quantile, or the FILE of an experiment", "assay size --help shows examples");
            var (experiment, mapping) = Read(path.ToString(), result.InvocationConfiguration.Error);
            experiment = experiment with { Plan = SizeLooks.Apply(experiment.Plan, result, options) };
            var pilot = await ExperimentPilot.ReadAsync(result, options, experiment, mapping, cancellationToken);
            var others = await PrimarySizes.KnownAsync(result, options, experiment, mapping, cancellationToken);
            SizeOptions.Write(result, options, ExperimentSize.Of(experiment, result.GetValue(options.Daily), pilot, others));
            return ExitCode.Done;
        });
        command.Subcommands.Add(SizeProportionCommand.Create());
        command.Subcommands.Add(SizeMeanCommand.Create());
        command.Subcommands.Add(SizeNormalCommand.CreateRatio());
        command.Subcommands.Add(SizeNormalCommand.CreateQuantile());
        return command;
    }

    private static readonly string[] Forms = ["proportion", "mean", "ratio", "quantile"];

    private static (Experiment, DataMapping?) Read(string path, TextWriter error)
    {
        if (!File.Exists(path))
            throw Suggestions.Hint(path, Forms) is { } hint ? new UsageException($"there is no form '{path}' and no such file", hint)
                : new FileNotFoundException($"there is no file '{path}'; sizes are for {string.Join(", ", Forms)} or an experiment's FILE");
        var read = DefinitionReader.ReadFiles([path]);
        foreach (var problem in read.Problems) error.WriteLine(problem);
        if (read.Definitions is not { } definitions) throw new UsageException($"{path} has errors");
        return definitions.Experiments switch
        {
            [var one] => (one, definitions.Data),
            [] => throw new UsageException($"{path} holds no experiment"),
            var many => throw new UsageException($"{path} holds {many.Length} experiments ({string.Join(", ", many.Select(e => e.Key))}); size one at a time"),
        };
    }
}
