using System.Globalization;

namespace Assay.Evaluation.Checks;

/// <summary>The answer was cheap enough.</summary>
internal static class CostCheck
{
    public static CheckDefinition Definition { get; } = new(
        new CheckKind("cost", 1, "the answer cost no more than max US dollars; missing when the price or the tokens are unknown", IsBinary: true,
        [
            new("max", "number", "US dollars", null),
        ]),
        (arguments, _) =>
        {
            var max = arguments.Number("max", 0);
            return CheckDefinition.Of((_, answer) => answer.CostUsd is not { } cost
                ? CheckResult.Missing("the cost is unknown: declare the model's price under 'prices', and see that the endpoint reports tokens")
                : cost <= max ? CheckResult.Pass() : CheckResult.Fail(string.Create(CultureInfo.InvariantCulture, $"{cost:0.######} USD, more than {max}")));
        });
}
