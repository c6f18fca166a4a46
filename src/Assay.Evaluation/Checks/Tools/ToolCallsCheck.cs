using System.Collections.Immutable;
using System.Text.Json;

namespace Assay.Evaluation.Checks;

/// <summary>The model asked for the wanted tools.</summary>
internal static class ToolCallsCheck
{
    public static CheckDefinition Definition { get; } = new(
        new CheckKind("tool-calls", 1, "the model asked for these tools with these arguments; an empty list: for none", IsBinary: true,
        [
            new("calls", "list of objects", "name, and arguments (JSON, {{name}} filled from the case; left out: any)", null),
            new("match", "equal or subset", "arguments must be equal JSON, or hold what is wanted and may hold more", "equal"),
            new("order", "any or same", "whether the order counts", "any"),
            new("extra", "flag", "further calls are allowed", "false"),
        ]),
        Make);

    private static CheckRule? Make(CheckArguments arguments, CheckServices services)
    {
        var subset = arguments.Choice("match", "equal", "equal", "subset") == "subset";
        var ordered = arguments.Choice("order", "any", "any", "same") == "same";
        var extra = arguments.Flag("extra");
        if (Calls(arguments) is not { } calls) return null;
        return CheckDefinition.Of((golden, answer) =>
        {
            var wanted = new (string Name, JsonElement? Arguments)[calls.Length];
            for (var i = 0; i < wanted.Length; i++)
            {
                JsonElement filled = default;
                if (calls[i].Arguments is { } template && !template.TryFor(golden, out filled, out var missing)) return missing;
                wanted[i] = (calls[i].Name, calls[i].Arguments is null ? null : filled);
            }
            var made = answer.ToolCalls.Select(c => (c.Name, Arguments: Parse(c.Arguments))).ToArray();
            bool Fits(int w, int m) => wanted[w].Name == made[m].Name
                && (wanted[w].Arguments is not { } expected || (made[m].Arguments is { } given && (subset ? JsonSubset.Holds(given, expected) : JsonElement.DeepEquals(given, expected))));
            var found = ordered ? CallMatching.InOrder(wanted.Length, made.Length, Fits) : CallMatching.InAnyOrder(wanted.Length, made.Length, Fits);
            var absent = Enumerable.Range(0, wanted.Length).Where(w => found[w] < 0).Select(w => wanted[w]).FirstOrDefault();
            if (absent.Name is not null) return CheckResult.Fail($"no call {(ordered ? "in its place " : "")}fits {absent.Name}{absent.Arguments?.GetRawText()}; made were {Listed(answer)}");
            return extra || made.Length == wanted.Length ? CheckResult.Pass() : CheckResult.Fail($"{made.Length} calls were made where {wanted.Length} were wanted: {Listed(answer)}");
        });
    }

    private static ImmutableArray<ExpectedCall>? Calls(CheckArguments arguments)
    {
        if (arguments.Element("calls") is not { } list) return null;
        var calls = ImmutableArray.CreateBuilder<ExpectedCall>();
        if (list.ValueKind != JsonValueKind.Array) arguments.Problem("calls", $"'calls' of tool-calls is {CheckArguments.Describe(list)}", "write a list: [{ name: find_order, arguments: { id: 7 } }]");
        else foreach (var (i, call) in list.EnumerateArray().Index())
        {
            if (call.ValueKind != JsonValueKind.Object || !call.TryGetProperty("name", out var name) || name.ValueKind != JsonValueKind.String)
                arguments.Problem("calls", $"call {i} of tool-calls has no name", "write { name: find_order, arguments: { id: 7 } }");
            else if (call.EnumerateObject().Select(p => p.Name).FirstOrDefault(n => n is not ("name" or "arguments")) is { } unknown)
                arguments.Problem("calls", $"call {i} of tool-calls has '{unknown}', which is neither name nor arguments");
            else calls.Add(new ExpectedCall(name.GetString()!, call.TryGetProperty("arguments", out var given) ? new JsonTemplate(given.Clone()) : null));
        }
        return arguments.HasProblems ? null : calls.ToImmutable();
    }

    // Some endpoints send an empty text for no arguments.
    private static JsonElement? Parse(string arguments) => JsonText.TryParse(arguments.Length == 0 ? "{}" : arguments, out var value, out _) ? value : null;

    private static string Listed(Answer answer) => answer.ToolCalls.IsEmpty ? "none" : Shown.Short(string.Join(", ", answer.ToolCalls.Select(c => $"{c.Name}({c.Arguments})")));
}
