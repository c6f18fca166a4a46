using Assay.Statistics;

namespace Assay.Cli.Stats;

internal static class RatioMethods
{
    private static readonly string[] Keys =
    [
        "controlRatio", "controlLow", "controlHigh", "controlG", "treatmentRatio", "treatmentLow", "treatmentHigh", "treatmentG",
        "difference", "standardError", "z", "pValue", "low", "high", "method",
    ];

    public static IEnumerable<StatsMethod> All =>
    [
        new("ratio-delta", "difference of two ratios of sums, a pair of numbers per unit, or the moments of a report's row: delta method, Fieller where denominators are few",
            """{"controlNumerator": [0.4, 0.7, 0.2], "controlDenominator": [1, 2, 1], "treatmentNumerator": [0.3, 0.5, 0.6], "treatmentDenominator": [1, 2, 2]}""",
            input => StatsOutput.Of(
                RatioMetric.Compare(ArmInput.Ratio(input, "control"), ArmInput.Ratio(input, "treatment"), input.Alpha), Keys, (output, r) => output
                    .Add("controlRatio", r.Control.Ratio).Add("controlLow", "controlHigh", r.Control.Interval).Add("controlG", r.Control.G)
                    .Add("treatmentRatio", r.Treatment.Ratio).Add("treatmentLow", "treatmentHigh", r.Treatment.Interval).Add("treatmentG", r.Treatment.G)
                    .Add("difference", r.Difference).Add("standardError", r.StandardError).Add("z", r.Statistic).Add("pValue", r.PValue)
                    .Add("low", "high", r.Interval).Add("method", r.Method == RatioMethod.Delta ? "delta" : "fieller"))),
    ];
}
