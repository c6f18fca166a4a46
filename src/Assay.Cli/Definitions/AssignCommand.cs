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
        var units = new Option<string?>("--units") { HelpName = "-|N|FILE", Description = "- for one unit per line on stdin; with --check also a number of made-up units (10,000 unless said), or a FILE of ids" };
        var attributes = new Option<string?>("--attributes") { Description = "What is known of the units, as a JSON object" };
        var format = OutputFormat.CreateOption();
        var checking = new AssignmentChecking();
        var command = new Command("assign", "Say which variant a unit gets, without exposing it; or check that the assignment is chance.\n\nExample: assay assign experiment.yaml --unit user-1 --attributes '{\"plan\":\"pro\"}'\nExample: assay assign experiment.yaml --check --units users.txt --against other.yaml\nExample: assay assign experiment.yaml --check --data events.jsonl") { files, unit, units, attributes, format };
        foreach (var option in checking.All) command.Options.Add(option);
        command.SetAction(async (parse, cancellationToken) =>
        {
            var (one, many) = (parse.GetValue(unit), parse.GetValue(units));
            if (parse.GetValue(checking.Check))
            {
                if (one is not null) throw new UsageException("--check is about many units: --units N, a FILE of ids, or - for stdin");
                if (!UnitAttributes.TryParse(parse.GetValue(attributes), out var all, out var wrong)) throw new UsageException(wrong);
                if (DefinitionArguments.Read(parse.GetValue(files)!) is not { } definitions) return ExitCode.Usage;
                if (definitions.Experiments.IsEmpty) throw new UsageException("there is no experiment in these files");
                return await checking.RunAsync(parse, definitions, many, all, parse.GetValue(attributes) is not null, parse.GetValue(format) == "json", cancellationToken);
            }
            if (one is null == many is null) throw new UsageException("give either --unit ID or --units -");
            if (many is not (null or "-")) throw new UsageException("--units takes only - (one unit per line on stdin), unless with --check");
            if (!UnitAttributes.TryParse(parse.GetValue(attributes), out var known, out var error)) throw new UsageException(error);
            if (DefinitionArguments.Read(parse.GetValue(files)!) is not { } set) return ExitCode.Usage;
            if (set.Experiments.IsEmpty) throw new UsageException("there is no experiment in these files");

            var assigners = set.Experiments.Select(e => new ExperimentAssigner(e)).ToArray();
            var isJson = parse.GetValue(format) == "json";
            var decisions = new JsonArray();
            var isOne = one is not (null or "-");
            foreach (var id in isOne ? [one!] : await LinesAsync(cancellationToken))
                foreach (var assigner in assigners)
                {
                    var decision = assigner.Decide(id, known);
                    if (isJson) decisions.Add((JsonNode)AssignmentJson.Of(assigner.Experiment, id, decision));
                    else Console.Out.WriteLine(AssignmentText.Of(assigner.Experiment, id, decision));
                }
            if (isJson) Console.Out.WriteLine((isOne && decisions.Count == 1 ? decisions[0]! : decisions).ToJsonString());
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
