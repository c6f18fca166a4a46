using System.Text.Json.Nodes;
using Assay.Statistics;

namespace Assay.Cli.Stats;

internal static class EquivalenceMethods
{
    private static readonly string[] NonInferiorityKeys = ["difference", "pValue", "bound", "nonInferior"];
    private static readonly string[] EquivalenceKeys = ["lowerPValue", "upperPValue", "pValue", "low", "high", "equivalent"];

    private static readonly string[] RobustKeys =
    [
        "capLow", "capHigh", "difference", "standardError", "t", "df", "pValue", "low", "high", "controlBeyond", "treatmentBeyond",
    ];

    public static IEnumerable<StatsMethod> All =>
    [
        new("non-inferiority", "is the treatment worse by less than a margin? means per unit, or proportions by successes and totals (better: higher, lower)",
            """{"controlSuccesses": 700, "controlTotal": 1000, "treatmentSuccesses": 695, "treatmentTotal": 1000, "margin": 0.05}""", RunNonInferiority),
        new("equivalence", "does the difference lie between two margins? two one-sided tests, for means or proportions",
            """{"control": [3.1, 2.4, 4.0, 3.3], "treatment": [3.0, 2.6, 3.9, 3.4], "marginLow": -1.5, "marginHigh": 1.5}""", RunEquivalence),
        new("robust-means", "difference of means with outliers capped (winsorised) or left out (trimmed) at quantiles of both arms together",
            """{"control": [3.1, 2.4, 4.0, 3.3], "treatment": [3.9, 3.2, 4.4, 410], "highQuantile": 0.8, "how": "winsorised"}""", RunRobust),
    ];

    private static JsonObject RunNonInferiority(StatsInput input)
    {
        double margin = input.Number("margin"), alpha = input.NumberOr("alpha", 0.025);
        var higher = input.TextOr("better", "higher", "higher", "lower") == "higher";
        var result = input.Has("controlSuccesses")
            ? NonInferiority.Proportions(ArmInput.Proportion(input, "control"), ArmInput.Proportion(input, "treatment"), margin, higher, alpha)
            : NonInferiority.Means(Moments(input, "control"), Moments(input, "treatment"), margin, higher, alpha);
        return StatsOutput.Of(result, NonInferiorityKeys, (output, r) => output
            .Add("difference", r.Difference).Add("pValue", r.PValue).Add("bound", r.Bound).Add("nonInferior", r.NonInferior));
    }

    private static JsonObject RunEquivalence(StatsInput input)
    {
        double low = input.Number("marginLow"), high = input.Number("marginHigh");
        var result = input.Has("controlSuccesses")
            ? Equivalence.Proportions(ArmInput.Proportion(input, "control"), ArmInput.Proportion(input, "treatment"), low, high, input.Alpha)
            : Equivalence.Means(Moments(input, "control"), Moments(input, "treatment"), low, high, input.Alpha);
        return StatsOutput.Of(result, EquivalenceKeys, (output, r) => output
            .Add("lowerPValue", r.LowerPValue).Add("upperPValue", r.UpperPValue).Add("pValue", r.PValue).Add("low", "high", r.Interval)
            .Add("equivalent", r.Equivalent));
    }

    private static JsonObject RunRobust(StatsInput input)
    {
        double[] control = input.Numbers("control"), treatment = input.Numbers("treatment");
        var trimmed = input.TextOr("how", "winsorised", "winsorised", "trimmed") == "trimmed";
        var alternative = MeanMethods.ReadAlternative(input);
        var cap = PooledCap.FromValues(control, treatment, input.NumberOr("lowQuantile", 0), input.NumberOr("highQuantile", 0.99));
        var result = !cap.IsEstimable ? new NotEstimable(cap.Reason!)
            : trimmed ? RobustMeans.Trimmed(control, treatment, cap.Value, input.Alpha, alternative)
            : RobustMeans.Winsorised(control, treatment, cap.Value, input.Alpha, alternative);
        return StatsOutput.Of(result, RobustKeys, (output, r) => output
            .Add("capLow", "capHigh", new Interval(r.Cap.Low, r.Cap.High)).Add("difference", r.Of.Difference).Add("standardError", r.Of.StandardError)
            .Add("t", r.Of.Statistic).Add("df", r.Of.DegreesOfFreedom).Add("pValue", r.Of.PValue).Add("low", "high", r.Of.Interval)
            .Add("controlBeyond", control.Count(Beyond)).Add("treatmentBeyond", treatment.Count(Beyond)));

        bool Beyond(double v) => v < cap.Value.Low || v > cap.Value.High;
    }

    private static SampleMoments Moments(StatsInput input, string arm) => SampleMoments.FromValues(input.Numbers(arm));
}
