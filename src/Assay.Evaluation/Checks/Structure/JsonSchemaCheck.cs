using System.Text.Json;

namespace Assay.Evaluation.Checks;

/// <summary>The answer is JSON that a schema allows.</summary>
internal static class JsonSchemaCheck
{
    public static CheckDefinition Definition { get; } = new(
        new CheckKind("json-schema", 1, "the answer is JSON that the schema allows (a subset of draft 2020-12; a keyword that is not supported is refused, not ignored)", IsBinary: true,
        [
            new("schema", "object", "the schema; or name a 'file'", "none"),
            new("file", "text", "a JSON file that holds the schema", "none"),
            new("where", "whole or anywhere", "the whole answer is the JSON, or its first object or else array is", "whole"),
        ]),
        Make);

    private static CheckRule? Make(CheckArguments arguments, CheckServices services)
    {
        var anywhere = arguments.Choice("where", "whole", "whole", "anywhere") == "anywhere";
        if (Read(arguments, services) is not { } json) return null;
        var schema = JsonSchema.Parse(json, services.RegexTimeout, out var problems);
        foreach (var problem in problems) arguments.Problem(arguments.Has("file") ? "file" : "schema", problem);
        return schema is null ? null : CheckDefinition.Of((_, answer) =>
        {
            if (!JsonText.TryRead(answer.Text, anywhere, out var value, out var problem)) return CheckResult.Fail($"not JSON: {problem}");
            try
            {
                var faults = schema.Validate(value);
                return faults.IsEmpty ? CheckResult.Pass() : CheckResult.Fail(string.Join("; ", faults.Take(3)) + (faults.Length > 3 ? $"; and {faults.Length - 3} more" : ""));
            }
            catch (JsonSchemaException e)
            {
                return CheckResult.Error(e.Message);
            }
        });
    }

    private static JsonElement? Read(CheckArguments arguments, CheckServices services)
    {
        var (schema, file) = (arguments.Element("schema"), arguments.Text("file"));
        if (schema is null == file is null)
        {
            arguments.Problem("schema", "json-schema needs either 'schema' or 'file'");
            return null;
        }
        if (schema is { } inline) return inline.Clone();
        var path = Path.Combine(services.WorkingDirectory ?? ".", file!);
        try
        {
            if (JsonText.TryParse(File.ReadAllText(path), out var read, out var problem)) return read;
            arguments.Problem("file", $"{file} is not JSON: {problem}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            arguments.Problem("file", $"{file} cannot be read: {e.Message}", "its path starts at the suite's folder");
        }
        return null;
    }
}
