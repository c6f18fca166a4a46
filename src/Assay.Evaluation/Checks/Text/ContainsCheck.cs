using System.Collections.Immutable;

namespace Assay.Evaluation.Checks;

/// <summary>The answer contains a text, or all or any of several.</summary>
internal static class ContainsCheck
{
    public static CheckDefinition Definition { get; } = new(
        new CheckKind("contains", 1, "the answer contains the text, or all (any) of the texts", IsBinary: true,
        [
            new("value", "text or list of texts", "what to look for", "the case's expected"),
            new("match", "all or any", "whether every text is needed or one is enough", "all"),
            new("ignoreCase", "flag", "letters compare without case", "false"),
        ]),
        Make);

    private static CheckRule Make(CheckArguments arguments, CheckServices services)
    {
        ImmutableArray<Wanted> wanted = arguments.Element("value") is null ? [Wanted.Read(arguments)] : [.. (arguments.Texts("value") ?? []).Select(Wanted.Of)];
        var any = arguments.Choice("match", "all", "all", "any") == "any";
        var comparison = arguments.Flag("ignoreCase") ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return CheckDefinition.Of((golden, answer) =>
        {
            var absent = new List<string>();
            foreach (var one in wanted)
            {
                if (!one.TryFor(golden, out var text, out var missing)) return missing;
                if (text.Length == 0) return CheckResult.Missing("the text to look for is empty, and every answer contains that");
                if (!answer.Text.Contains(text, comparison)) absent.Add(Shown.Short(text));
            }
            if (absent.Count == 0 || (any && absent.Count < wanted.Length)) return CheckResult.Pass();
            return CheckResult.Fail((any ? "contains none of " : "does not contain ") + string.Join(", ", absent));
        });
    }
}
