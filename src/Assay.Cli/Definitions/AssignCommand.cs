using System.CommandLine;
using System.Text.Json.Nodes;
using Assay.Experiments;

namespace Assay.Cli.Definitions;

/// <summary><c>assay assign</c>: what the gateway would decide. Nothing is stored, nobody is exposed.</summary>
public static class AssignCommand
{
    public static Command Create()
    {
        var files = DefinitionArguments.CreateFiles();
        var unit = new Option<string?>("--unit") { Description = "The unit's id, or - for one per line on stdin" };
        var units = new Option<string?>("--units") { Description = "- for one unit per line on stdin" };
        var attributes = new Option<string?>("--attributes") { Description = "What is known of the units, as a JSON object" };
        var format = OutputFormat.CreateOption();
        var command = new Command("assign", "Say which variant a unit gets, without exposing it.\n\nExample: assay assign experiment.yaml --unit user-1 --attributes '{\"plan\":\"pro\"}'") { files, unit, units, attributes, format };
        command.SetAction(async (parse, cancellationToken) =>
        {
            var (one, many) = (parse.GetValue(unit), parse.GetValue(units));
            if (one is null == many is null) throw new UsageException("give either --unit ID or --units -");
            if (many is not (null or "-")) throw new UsageException("--units takes only - (one unit per line on stdin)");
            if (!UnitAttributes.TryParse(parse.GetValue(attributes), out var known, out var error)) throw new UsageException(error);
            if (DefinitionArguments.Read(parse.GetValue(files)!) is not { } set) return ExitCode.Usage;
            if (set.Experiments.IsEmpty) throw new UsageException("there is no experiment in these files");

            var assigners = set.Experiments.Select(e => new ExperimentAssigner(e)).ToArray();
            var isJson = parse.GetValue(format) == "json";
            var all = new JsonArray();
            var isOne = one is not (null or "-");
            foreach (var id in isOne ? [one!] : await LinesAsync(cancellationToken))
                foreach (var assigner in assigners)
                {
                    var decision = assigner.Decide(id, known);
                    if (isJson) all.Add((JsonNode)AssignmentJson.Of(assigner.Experiment, id, decision));
                    else Console.Out.WriteLine(AssignmentText.Of(assigner.Experiment, id, decision));
                }
            if (isJson) Console.Out.WriteLine((isOne && all.Count == 1 ? all[0]! : all).ToJsonString());
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<List<string>> LinesAsync(CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        while (await Console.In.ReadLineAsync(cancellationToken) is { } line)
            if (line.Length > 0) lines.Add(line);
        return lines;
    }
}
