using System.Collections.Immutable;

namespace Assay.Evaluation.Checks;

/// <summary>The answer is put together as SQL.</summary>
internal static class SqlCheck
{
    public static CheckDefinition Definition { get; } = new(
        new CheckKind("sql", 1, "the answer is put together as SQL: quotes and brackets closed, clauses in order, nothing left hanging; a structural check, not a parser of one dialect", IsBinary: true,
        [
            new("statements", "text or list of texts", "the verbs that may begin a statement, such as select", "any"),
            new("single", "flag", "one statement only", "false"),
            CodeFence.Argument,
        ]),
        (arguments, _) =>
        {
            ImmutableArray<string> allowed = [.. (arguments.Texts("statements") ?? []).Select(v => v.ToUpperInvariant())];
            var (single, fence) = (arguments.Flag("single"), arguments.Flag("fence", true));
            return CheckDefinition.Of((_, answer) =>
            {
                var verbs = SqlStructure.Read(fence ? CodeFence.Inside(answer.Text) : answer.Text, out var problem);
                if (problem is not null) return CheckResult.Fail("not SQL: " + problem);
                if (single && verbs.Length > 1) return CheckResult.Fail($"there are {verbs.Length} statements, not one");
                return !allowed.IsEmpty && verbs.FirstOrDefault(v => !allowed.Contains(v)) is { } other
                    ? CheckResult.Fail($"there is a statement with {other}; allowed are {string.Join(", ", allowed)}")
                    : CheckResult.Pass();
            });
        });
}
