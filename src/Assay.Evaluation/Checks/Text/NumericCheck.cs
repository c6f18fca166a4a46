using System.Globalization;
using System.Text.Json;

namespace Assay.Evaluation.Checks;

/// <summary>The answer's final number is the wanted one.</summary>
internal static class NumericCheck
{
    // Doubles near a tolerance are off by their rounding: 1.01 lies 0.010000000000000009 from 1.
    private const double Slack = 1e-12;

    public static CheckDefinition Definition { get; } = new(
        new CheckKind("numeric", 1, "the number that the answer ends in is the wanted one; \"#### 42\", \"$1,234.50\" and \"−3\" are read", IsBinary: true,
        [
            new("value", "number or text", "the number, or a text that ends in it", "the case's expected"),
            new("tolerance", "number", "how far off it may be", "0"),
            new("relative", "number", "how far off it may be, as a share of the wanted number; the wider of both holds", "0"),
        ]),
        Make);

    private static CheckRule Make(CheckArguments arguments, CheckServices services)
    {
        double? fixedNumber = arguments.Element("value") is { ValueKind: JsonValueKind.Number } ? arguments.Number("value") : null;
        var wanted = fixedNumber is null ? Wanted.Read(arguments) : null;
        var (tolerance, relative) = (arguments.Number("tolerance", 0) ?? 0, arguments.Number("relative", 0) ?? 0);
        return CheckDefinition.Of((golden, answer) =>
        {
            if (fixedNumber is not { } target)
            {
                if (!wanted!.TryFor(golden, out var text, out var missing)) return missing;
                if (NumericText.Last(text) is not { } number) return CheckResult.Missing($"there is no number in {Shown.Short(text)} to compare with");
                target = number;
            }
            if (NumericText.Last(answer.Text) is not { } found) return CheckResult.Fail("there is no number in the answer");
            var allowed = Math.Max(tolerance, relative * Math.Abs(target));
            var scale = Math.Max(Math.Abs(target), Math.Abs(found));
            return Math.Abs(found - target) <= allowed + (allowed > 0 ? Slack * scale : 0)
                ? CheckResult.Pass()
                : CheckResult.Fail(string.Create(CultureInfo.InvariantCulture, $"{found} is not {target} ± {allowed}"));
        });
    }
}
