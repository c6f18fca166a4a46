using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Assay.Cli.Stats;

/// <summary><c>assay stats METHOD [FILE|-]</c>: any method of the statistics library, JSON in and JSON out.</summary>
public static class StatsCommand
{
    public static Command Create()
    {
        var method = new Argument<string?>("METHOD") { Arity = ArgumentArity.ZeroOrOne, Description = "Name of the method; --list shows them all." };
        var file = new Argument<string>("FILE") { DefaultValueFactory = _ => "-", Description = "JSON input; - (the default) reads standard input." };
        var list = new Option<bool>("--list") { Description = "Show every method with what it answers." };
        var format = OutputFormat.CreateOption();
        var command = new Command("stats",
            "Run one method of the statistics library: JSON in, JSON out. Not-estimable values are null, with the reason in \"reasons\"."
            + Environment.NewLine + """Example: echo '{"onlyControl": 36, "onlyTreatment": 20}' | assay stats mcnemar""") { method, file, list, format };
        command.SetAction(result =>
        {
            var output = result.InvocationConfiguration.Output;
            if (result.GetValue(list)) output.WriteLine(result.GetValue(format) == "json" ? JsonText.Of(ListJson()) : ListText());
            else output.WriteLine(JsonText.Of(Run(result.GetValue(method), result.GetValue(file)!)));
        });
        return command;
    }

    private static JsonObject Run(string? name, string file)
    {
        if (name is null) throw new UsageException("name a method", "assay stats --list shows them all");
        var method = StatsMethods.Find(name);
        if (file == "-" && !Console.IsInputRedirected)
            throw new UsageException($"{name} needs input: a FILE, or JSON on standard input", $"for example {method.Example}");
        try
        {
            using var document = JsonDocument.Parse(file == "-" ? Console.In.ReadToEnd() : File.ReadAllText(file));
            return StatsMethods.Run(name, document.RootElement);
        }
        catch (JsonException bad)
        {
            throw new UsageException($"the input is not JSON: line {bad.LineNumber + 1}, column {bad.BytePositionInLine + 1}", $"for example {method.Example}");
        }
    }

    private static string ListText()
    {
        var width = StatsMethods.All.Max(m => m.Name.Length) + 2;
        return string.Join(Environment.NewLine, StatsMethods.All.Select(m => m.Name.PadRight(width) + m.Summary));
    }

    private static JsonArray ListJson() => new([.. StatsMethods.All.Select(m =>
        new JsonObject { ["method"] = m.Name, ["summary"] = m.Summary, ["example"] = JsonNode.Parse(m.Example) })]);
}
