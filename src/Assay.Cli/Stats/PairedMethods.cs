using System.Text.Json.Nodes;
using Assay.Statistics;

namespace Assay.Cli.Stats;

internal static class PairedMethods
{
    private static readonly string[] McNemarKeys = ["exactPValue", "chiSquareCorrected", "correctedPValue"];

    private static readonly string[] PairedSizeKeys = ["cases"];
    private static readonly string[] WinRateKeys = ["winRate", "low", "high", "net", "netLow", "netHigh", "pValue"];
    private static readonly string[] SignFlipKeys = ["difference", "pValue", "low", "high"];

    public static IEnumerable<StatsMethod> All =>
    [
        new("win-rate", "how often the treatment wins on the same cases, a tie counting half; exact below 30 cases", """{"wins": 4, "losses": 0, "ties": 1}""",
            input => StatsOutput.Of(WinRate.Estimate(input.Count("wins"), input.Count("losses"), input.Count("ties"), input.Alpha), WinRateKeys, (output, r) => output
                .Add("winRate", r.Rate).Add("low", "high", r.Interval).Add("net", 2 * r.Rate - 1).Add("netLow", "netHigh", r.NetInterval).Add("pValue", r.PValue)
                .Add("interval", r.IsExact ? "exact" : "score"))),
        new("sign-flip", "mean difference of few pairs: all patterns of signs counted, with the interval that belongs to the test", """{"differences": [0.3, -0.1, 0.7, 0.2, 0.4, 0.5]}""",
            input => StatsOutput.Of(SignFlip.Estimate(input.Numbers("differences"), input.Alpha), SignFlipKeys, (output, r) => output
                .Add("difference", r.Difference).Add("pValue", r.PValue).Add("low", "high", r.Interval))),
        new("paired-size", "cases that a paired t test needs, from the spread of the differences", """{"sd": 1.0, "effect": 0.5, "power": 0.8}""",
            input => StatsOutput.Of(PairedSampleSize.ForMean(input.Number("sd"), input.Number("effect"), input.Alpha, input.NumberOr("power", 0.8)), PairedSizeKeys, (output, r) => output.Add("cases", r))),
        new("paired-t", "mean difference over the same items under both variants", """{"control": [3.1, 2.4, 4.0], "treatment": [3.9, 2.2, 4.4]}""", RunPairedT),
        new("mcnemar", "yes/no outcomes of the same items: do the disagreements lean to one side?", """{"onlyControl": 36, "onlyTreatment": 20}""",
            input => StatsOutput.Of(McNemar.Compare(input.Count("onlyControl"), input.Count("onlyTreatment")), McNemarKeys, (output, r) => output
                .Add("exactPValue", r.ExactPValue).Add("chiSquareCorrected", r.ChiSquareCorrected).Add("correctedPValue", r.CorrectedPValue))),
    ];

    private static JsonObject RunPairedT(StatsInput input)
    {
        double[] control = input.Numbers("control"), treatment = input.Numbers("treatment");
        if (control.Length != treatment.Length) throw new UsageException($"treatment: has {treatment.Length} elements, but control has {control.Length}");
        return MeanMethods.Write(PairedT.Compare(control, treatment, input.Alpha, MeanMethods.ReadAlternative(input)));
    }
}
