namespace Assay.Evaluation.Checks;

/// <summary>The answer starts, or ends, with a text.</summary>
internal static class AffixCheck
{
    public static CheckDefinition StartsWith { get; } = Of("starts-with", "starts", (answer, text, comparison) => answer.StartsWith(text, comparison));

    public static CheckDefinition EndsWith { get; } = Of("ends-with", "ends", (answer, text, comparison) => answer.EndsWith(text, comparison));

    private static CheckDefinition Of(string name, string verb, Func<string, string, StringComparison, bool> holds) => new(
        new CheckKind(name, 1, $"the answer {verb} with the text", IsBinary: true,
        [
            Wanted.Argument($"what it {verb} with"),
            new("ignoreCase", "flag", "letters compare without case", "false"),
            new("trim", "flag", "white space at both ends of the answer does not count", "true"),
        ]),
        (arguments, _) =>
        {
            var wanted = Wanted.Read(arguments);
            var trim = arguments.Flag("trim", true);
            var comparison = arguments.Flag("ignoreCase") ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
            return CheckDefinition.Of((golden, answer) =>
            {
                if (!wanted.TryFor(golden, out var text, out var missing)) return missing;
                if (text.Length == 0) return CheckResult.Missing($"the text to {verb[..^1]} with is empty, and every answer does");
                var said = trim ? answer.Text.Trim() : answer.Text;
                return holds(said, text, comparison) ? CheckResult.Pass() : CheckResult.Fail($"{Shown.Short(said)} does not {verb[..^1]} with {Shown.Short(text)}");
            });
        });
}
