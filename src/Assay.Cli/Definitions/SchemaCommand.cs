using System.CommandLine;
using Assay.Evaluation;
using Assay.Experiments;

namespace Assay.Cli.Definitions;

/// <summary><c>assay schema</c>: JSON Schema for editors.</summary>
public static class SchemaCommand
{
    public static Command Create()
    {
        var kind = new Argument<string>("KIND") { Description = "experiment or suite" };
        kind.AcceptOnlyFromAmong("experiment", "suite");
        var command = new Command("schema", "JSON Schema of a definition file, for editors.\n\nExample: assay schema experiment > experiment.schema.json") { kind };
        command.SetAction(parse =>
        {
            Console.Out.WriteLine(parse.GetValue(kind) == "suite" ? SuiteSchema.Text : DefinitionSchema.Text);
            return ExitCode.Done;
        });
        return command;
    }
}
