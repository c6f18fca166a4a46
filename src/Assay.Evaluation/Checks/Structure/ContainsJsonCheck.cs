using System.Text.Json;

namespace Assay.Evaluation.Checks;

/// <summary>Somewhere in the answer stands JSON.</summary>
internal static class ContainsJsonCheck
{
    public static CheckDefinition Definition { get; } = new(
        new CheckKind("contains-json", 1, "somewhere in the answer stands a JSON object (or array), in prose or in a code fence", IsBinary: true,
        [
            new("kind", "object, array or any", "what to look for; mind that a footnote like [1] is an array", "object"),
            new("value", "any JSON", "what it must hold; it may have more keys", "nothing"),
        ]),
        (arguments, _) =>
        {
            var kind = arguments.Choice("kind", "object", "object", "array", "any");
            var wanted = arguments.Element("value")?.Clone();
            return CheckDefinition.Of((_, answer) =>
            {
                var found = JsonText.FindAll(answer.Text).Where(v => kind == "any" || v.ValueKind == (kind == "object" ? JsonValueKind.Object : JsonValueKind.Array)).ToArray();
                if (found.Length == 0) return CheckResult.Fail($"there is no JSON {(kind == "any" ? "object or array" : kind)} in the answer");
                return wanted is not { } value || found.Any(f => JsonSubset.Holds(f, value))
                    ? CheckResult.Pass()
                    : CheckResult.Fail($"{Shown.Short(found[0].GetRawText())} does not hold {Shown.Short(value.GetRawText())}");
            });
        });
}
