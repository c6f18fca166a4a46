using Assay.Experiments.Reading;

namespace Assay.Evaluation.Checks;

/// <summary>The answer is in a language.</summary>
internal static class LanguageCheck
{
    public static CheckDefinition Definition { get; } = new(
        new CheckKind("language", 1, "the answer is in the language; missing where it is too short to tell. Code in Markdown fences is passed over", IsBinary: true,
        [
            new("value", "text or list of texts", "the code, or the codes that are allowed: " + string.Join(" ", LanguageNames.All), null),
        ]),
        (arguments, _) =>
        {
            if (arguments.Texts("value") is not { } wanted) return null;
            foreach (var code in wanted.Where(c => !LanguageNames.All.Contains(c)))
                arguments.Problem("value", $"the language '{code}' is not one that is told apart here", Suggestions.Hint(code, LanguageNames.All) ?? "codes are " + string.Join(", ", LanguageNames.All));
            return CheckDefinition.Of((_, answer) =>
            {
                var (language, why) = LanguageDetector.Detect(WithoutCode(answer.Text));
                if (language is null) return CheckResult.Missing("the language cannot be told: " + why);
                return wanted.Contains(language) ? CheckResult.Pass() : CheckResult.Fail($"it reads as {language}, not {string.Join(" or ", wanted)}");
            });
        });

    private static string WithoutCode(string text) => string.Concat(text.Split("```").Where((_, i) => i % 2 == 0));
}
