namespace Assay.Evaluation.Checks;

/// <summary>The answer's length lies within bounds.</summary>
internal static class LengthCheck
{
    public static CheckDefinition Definition { get; } = new(
        new CheckKind("length", 1, "the answer's length lies between min and max, of which one is needed", IsBinary: true,
        [
            new("unit", "characters, words or tokens", "characters as a reader counts them; tokens as the endpoint reported them", "characters"),
            new("min", "whole number", "the fewest", "none"),
            new("max", "whole number", "the most", "none"),
        ]),
        Make);

    private static CheckRule? Make(CheckArguments arguments, CheckServices services)
    {
        var unit = arguments.Choice("unit", "characters", "characters", "words", "tokens");
        var (min, max) = (arguments.Count("min"), arguments.Count("max"));
        if (!arguments.HasProblems && min is null && max is null) arguments.Problem("max", "length needs 'min' or 'max'");
        if (min > max) arguments.Problem("min", $"'min' of length is {min}, above 'max', which is {max}");
        return arguments.HasProblems ? null : CheckDefinition.Of((_, answer) =>
        {
            long? found = unit switch { "characters" => TextLength.Characters(answer.Text), "words" => TextLength.Words(answer.Text), _ => answer.OutputTokens };
            if (found is not { } length) return CheckResult.Missing("the endpoint did not report how many tokens the answer has");
            if (length < min) return CheckResult.Fail($"{length} {unit}, fewer than {min}");
            return length > max ? CheckResult.Fail($"{length} {unit}, more than {max}") : CheckResult.Pass();
        });
    }
}
