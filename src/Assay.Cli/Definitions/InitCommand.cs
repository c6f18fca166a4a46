using System.CommandLine;

namespace Assay.Cli.Definitions;

/// <summary><c>assay init</c>: a commented definition that validates, and a suite that runs as they are.</summary>
public static class InitCommand
{
    public static Command Create()
    {
        var directory = new Argument<string>("DIR") { Description = "Where to write; this folder unless said otherwise", DefaultValueFactory = _ => "." };
        var template = new Option<string>("--template") { Description = "prompt; fine-tune, rag and logs are not yet supported", DefaultValueFactory = _ => "prompt" };
        template.AcceptOnlyFromAmong("prompt", "fine-tune", "rag", "logs");
        var command = new Command("init", "Write a commented definition, and an arena suite with golden set and rubric, to start from.\n\nExample: assay init my-experiment --template prompt") { directory, template };
        command.SetAction(async (parse, cancellationToken) =>
        {
            if (parse.GetValue(template) != "prompt") throw new UsageException($"the template {parse.GetValue(template)} is not yet supported", "use --template prompt");
            var folder = parse.GetValue(directory)!;
            foreach (var (name, _) in PromptTemplate.Files)
                if (File.Exists(Path.Combine(folder, name))) throw new UsageException($"{Path.Combine(folder, name)} is there already; nothing was written");
            foreach (var (name, text) in PromptTemplate.Files)
            {
                var path = Path.Combine(folder, name);
                Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
                await File.WriteAllTextAsync(path, text, cancellationToken);
                Console.Out.WriteLine(path);
            }
            Console.Error.WriteLine($"next: assay validate {Path.Combine(folder, "experiment.yaml")}");
            Console.Error.WriteLine($"  or: assay arena run {Path.Combine(folder, "arena", "suite.yaml")}   (runs as it is, on a SIMULATED model)");
            return ExitCode.Done;
        });
        return command;
    }
}
