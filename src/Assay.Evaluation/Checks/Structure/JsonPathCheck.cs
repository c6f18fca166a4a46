using System.Globalization;
using System.Text.Json;

namespace Assay.Evaluation.Checks;

/// <summary>The JSON that the answer is holds a value at a path.</summary>
internal static class JsonPathCheck
{
    public static CheckDefinition Definition { get; } = new(
        new CheckKind("json-path", 1, "the answer is JSON with something at the path; with value, min or max: the wanted thing", IsBinary: true,
        [
            new("path", "text", "$, .name, ['name'], [0], [-1], [*], .*, ..name (a subset of RFC 9535)", null),
            new("value", "any JSON", "what must be there; {{name}} in a text is filled from the case", "anything"),
            new("min", "number", "the least number that may be there", "none"),
            new("max", "number", "the largest number that may be there", "none"),
            new("match", "any or all", "whether one of the values found is enough", "all"),
            new("where", "whole or anywhere", "the whole answer is the JSON, or its first object or else array is", "whole"),
        ]),
        Make);

    private static CheckRule? Make(CheckArguments arguments, CheckServices services)
    {
        var wanted = arguments.Element("value")?.Clone();
        var template = wanted is { ValueKind: JsonValueKind.String } text ? Wanted.Of(text.GetString()!) : null;
        var (min, max) = (arguments.Number("min"), arguments.Number("max"));
        var any = arguments.Choice("match", "all", "any", "all") == "any";
        var anywhere = arguments.Choice("where", "whole", "whole", "anywhere") == "anywhere";
        if (arguments.Text("path") is not { } written) return null;
        if (JsonPath.Parse(written, out var fault) is not { } path)
        {
            arguments.Problem("path", $"'{written}' is not a path: {fault}");
            return null;
        }
        return CheckDefinition.Of((golden, answer) =>
        {
            string? filled = null;
            if (template is not null && !template.TryFor(golden, out filled, out var missing)) return missing;
            if (!JsonText.TryRead(answer.Text, anywhere, out var root, out var problem)) return CheckResult.Fail($"not JSON: {problem}");
            var found = path.Find(root);
            if (found.IsEmpty) return CheckResult.Fail($"there is nothing at {written}");
            var faults = found.Select(Fault).Where(f => f is not null).ToArray();
            return faults.Length == 0 || (any && faults.Length < found.Length) ? CheckResult.Pass() : CheckResult.Fail($"{written} is {faults[0]}");

            string? Fault(JsonElement value)
            {
                if (filled is not null && !(value.ValueKind == JsonValueKind.String && value.GetString() == filled)) return $"{Shown.Short(value.GetRawText())}, not {Shown.Short(filled)}";
                if (filled is null && wanted is { } json && !JsonElement.DeepEquals(value, json)) return $"{Shown.Short(value.GetRawText())}, not {Shown.Short(json.GetRawText())}";
                if (min is null && max is null) return null;
                if (value.ValueKind != JsonValueKind.Number) return $"{Shown.Short(value.GetRawText())}, not a number";
                return value.GetDouble() < min ? string.Create(CultureInfo.InvariantCulture, $"{value}, below {min}")
                    : value.GetDouble() > max ? string.Create(CultureInfo.InvariantCulture, $"{value}, above {max}") : null;
            }
        });
    }
}
