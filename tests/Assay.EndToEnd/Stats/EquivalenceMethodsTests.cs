using System.Text.Json;
using Assay.Cli.Stats;

namespace Assay.EndToEnd.Stats;

/// <summary>Verdicts of <c>assay stats</c> are true or false.</summary>
public sealed class EquivalenceMethodsTests
{
    [Theory]
    [InlineData("non-inferiority", "nonInferior", 0.05, true)]
    [InlineData("non-inferiority", "nonInferior", 0.01, false)]
    [InlineData("equivalence", "equivalent", 0.05, true)]
    [InlineData("equivalence", "equivalent", 0.01, false)]
    public void Run_AMargin_AnswersTrueOrFalse(string method, string key, double margin, bool shown)
    {
        var margins = method == "equivalence" ? $"\"marginLow\": {Text(-margin)}, \"marginHigh\": {Text(margin)}" : $"\"margin\": {Text(margin)}";
        using var document = JsonDocument.Parse($"{{\"controlSuccesses\": 700, \"controlTotal\": 1000, \"treatmentSuccesses\": 695, \"treatmentTotal\": 1000, {margins}}}");
        Assert.Equal(shown, (bool)StatsMethods.Run(method, document.RootElement)[key]!);
    }

    private static string Text(double value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
