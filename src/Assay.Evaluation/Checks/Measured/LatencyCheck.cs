using System.Globalization;

namespace Assay.Evaluation.Checks;

/// <summary>The answer came in time.</summary>
internal static class LatencyCheck
{
    public static CheckDefinition Definition { get; } = new(
        new CheckKind("latency", 1, "the answer took no longer than max milliseconds; missing when it was not measured", IsBinary: true,
        [
            new("max", "number", "milliseconds", null),
            new("of", "answer or first-token", "until the whole answer or its first token", "answer"),
        ]),
        (arguments, _) =>
        {
            var max = arguments.Number("max", 0);
            var first = arguments.Choice("of", "answer", "answer", "first-token") == "first-token";
            return CheckDefinition.Of((_, answer) => (first ? answer.TimeToFirstTokenMs : answer.LatencyMs) is not { } took
                ? CheckResult.Missing(first ? "the time to the first token was not measured; only streamed answers have one" : "the latency was not measured")
                : took <= max ? CheckResult.Pass() : CheckResult.Fail(string.Create(CultureInfo.InvariantCulture, $"{took:0} ms, more than {max}")));
        });
}
