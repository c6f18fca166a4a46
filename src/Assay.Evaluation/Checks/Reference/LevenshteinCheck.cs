using System.Globalization;

namespace Assay.Evaluation.Checks;

/// <summary>Level 2: edits between answer and reference, as a share of the longer text or counted.</summary>
internal static class LevenshteinCheck
{
    public const string MaxEdits = "maxEdits";

    public static CheckDefinition Definition { get; } = new(
        new CheckKind("levenshtein", 2, "1 − edit distance / length of the longer text", IsBinary: false,
        [
            References.Argument,
            Threshold.Argument,
            new(MaxEdits, "whole number", "instead of a threshold: the most edits that pass", "none"),
            new("ignoreCase", "flag", "letters compare without case", "false"),
        ]),
        (arguments, _) =>
        {
            var (references, threshold, most, ignoreCase) = (References.Read(arguments), Threshold.Read(arguments), arguments.Count(MaxEdits), arguments.Flag("ignoreCase"));
            if (most is not null && arguments.Has(Threshold.Name)) arguments.Problem(MaxEdits, "levenshtein passes by 'threshold' or by 'maxEdits', not by both");
            return arguments.HasProblems ? null : CheckDefinition.Of((golden, answer) =>
            {
                if (!references.TryFor(golden, out var texts, out var missing)) return missing;
                string Cased(string text) => ignoreCase ? text.ToLowerInvariant() : text;
                var best = texts.Max(r => Levenshtein.Similarity(Cased(answer.Text), Cased(r)));
                if (most is not { } limit) return threshold.Result(best);
                var edits = texts.Min(r => Levenshtein.Distance(Cased(answer.Text), Cased(r)));
                return CheckResult.Score(best, edits <= limit, edits <= limit ? null : string.Create(CultureInfo.InvariantCulture, $"{edits} edits away, more than {limit}"));
            });
        });
}
