using System.Text.RegularExpressions;

namespace Assay.Evaluation.Checks;

/// <summary>A regular expression matches somewhere in the answer, or all of it.</summary>
internal static class RegexCheck
{
    public static CheckDefinition Definition { get; } = new(
        new CheckKind("regex", 1, "the .NET regular expression matches; one that takes too long is an error", IsBinary: true,
        [
            new("value", "text", "the pattern", null),
            new("whole", "flag", "the match must be the whole answer, not a part of it", "false"),
            new("ignoreCase", "flag", "letters compare without case", "false"),
            new("multiline", "flag", "^ and $ match at every line", "false"),
            new("singleline", "flag", ". matches line ends too", "false"),
        ]),
        Make);

    private static CheckRule? Make(CheckArguments arguments, CheckServices services)
    {
        var options = RegexOptions.CultureInvariant;
        if (arguments.Flag("ignoreCase")) options |= RegexOptions.IgnoreCase;
        if (arguments.Flag("multiline")) options |= RegexOptions.Multiline;
        if (arguments.Flag("singleline")) options |= RegexOptions.Singleline;
        var whole = arguments.Flag("whole");
        if (arguments.Text("value") is not { } pattern) return null;
        Regex regex;
        try
        {
            regex = new Regex(whole ? $@"\A(?:{pattern})\z" : pattern, options, services.RegexTimeout);
        }
        catch (RegexParseException e)
        {
            arguments.Problem("value", $"the pattern {Shown.Short(pattern)} is not a regular expression", e.Message);
            return null;
        }
        return CheckDefinition.Of((_, answer) =>
        {
            try
            {
                return regex.IsMatch(answer.Text) ? CheckResult.Pass() : CheckResult.Fail($"{Shown.Short(pattern)} does not match {Shown.Short(answer.Text)}");
            }
            catch (RegexMatchTimeoutException)
            {
                return CheckResult.Error($"{Shown.Short(pattern)} took longer than {services.RegexTimeout.TotalMilliseconds:0} ms on this answer; a pattern with nested repetition does that");
            }
        });
    }
}
