using System.Text.Json.Nodes;
using Assay.Statistics;

namespace Assay.Cli.Stats;

internal static class PairedMethods
{
    private static readonly string[] McNemarKeys = ["exactPValue", "chiSquareCorrected", "correctedPValue"];

    public static IEnumerable<StatsMethod> All =>
    [
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
