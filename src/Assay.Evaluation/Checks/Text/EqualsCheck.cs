using System.Text.Json;

namespace Assay.Evaluation.Checks;

/// <summary>The whole answer is the wanted one.</summary>
internal static class EqualsCheck
{
    public static CheckDefinition Definition { get; } = new(
        new CheckKind("equals", 1, "the answer is the wanted text; with a list, an object, a number or a flag as value: the answer is equal JSON", IsBinary: true,
        [
            new("value", "text, or any JSON", "what the answer must be", "the case's expected"),
            new("ignoreCase", "flag", "letters compare without case", "false"),
            new("trim", "flag", "white space at both ends does not count", "true"),
        ]),
        Make);

    private static CheckRule? Make(CheckArguments arguments, CheckServices services)
    {
        var (ignoreCase, trim) = (arguments.Flag("ignoreCase"), arguments.Flag("trim", true));
        if (arguments.Element("value") is { ValueKind: not JsonValueKind.String } json) return Json(json.Clone());
        var wanted = Wanted.Read(arguments);
        var comparison = ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return CheckDefinition.Of((golden, answer) =>
        {
            if (!wanted.TryFor(golden, out var text, out var missing)) return missing;
            var same = trim ? answer.Text.AsSpan().Trim().Equals(text.AsSpan().Trim(), comparison) : answer.Text.Equals(text, comparison);
            return same ? CheckResult.Pass() : CheckResult.Fail($"{Shown.Short(answer.Text)} is not {Shown.Short(text)}");
        });
    }

    private static CheckRule Json(JsonElement wanted) => CheckDefinition.Of((_, answer) =>
        !JsonText.TryParse(answer.Text, out var found, out var problem) ? CheckResult.Fail($"the answer is not JSON: {problem}")
        : JsonElement.DeepEquals(wanted, found) ? CheckResult.Pass() : CheckResult.Fail($"{Shown.Short(answer.Text)} is not equal to {Shown.Short(wanted.GetRawText())}"));
}
