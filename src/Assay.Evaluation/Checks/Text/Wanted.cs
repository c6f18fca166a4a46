using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Assay.Experiments;

namespace Assay.Evaluation.Checks;

/// <summary>A text that an answer is compared with: declared, with <c>{{name}}</c> filled from the case's variables, or else the case's expected answer.</summary>
internal sealed class Wanted
{
    private readonly TemplateText? template;

    private Wanted(TemplateText? template) => this.template = template;

    public static CheckArgument Argument(string meaning) => new("value", "text", meaning, "the case's expected");

    public static Wanted Read(CheckArguments arguments) => arguments.Text("value") is { } text ? Of(text) : new Wanted(null);

    public static Wanted Of(string text) => new(TemplateText.Parse(text));

    /// <summary>The text for this case; false: the result says what the case lacks.</summary>
    public bool TryFor(GoldenCase golden, [NotNullWhen(true)] out string? text, [NotNullWhen(false)] out CheckResult? missing)
    {
        missing = null;
        if (template is null)
        {
            text = golden.Expected;
            if (text is null) missing = CheckResult.Missing("the case has no expected answer, and the check no value");
        }
        else
        {
            var rendered = template.Render(name => golden.Variables.TryGetValue(name, out var value) ? Text(value) : null);
            text = rendered.Text;
            if (text is null) missing = CheckResult.Missing($"the case has no variable '{rendered.MissingVariable}'");
        }
        return text is not null;
    }

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}
