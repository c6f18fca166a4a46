using System.Text.Json;

namespace Assay.Evaluation.Checks;

/// <summary>The whole answer is one JSON value.</summary>
internal static class IsJsonCheck
{
    public static CheckDefinition Definition { get; } = new(
        new CheckKind("is-json", 1, "the whole answer is one JSON value (RFC 8259; no comments, trailing commas or double keys)", IsBinary: true,
        [
            new("kind", "any, object or array", "what it must be", "any"),
        ]),
        (arguments, _) =>
        {
            var kind = arguments.Choice("kind", "any", "any", "object", "array");
            return CheckDefinition.Of((_, answer) =>
            {
                if (!JsonText.TryParse(answer.Text, out var value, out var problem)) return CheckResult.Fail($"not JSON: {problem}");
                return kind == "any" || value.ValueKind == (kind == "object" ? JsonValueKind.Object : JsonValueKind.Array)
                    ? CheckResult.Pass()
                    : CheckResult.Fail($"it is {CheckArguments.Describe(value)}, not an {kind}");
            });
        });
}
