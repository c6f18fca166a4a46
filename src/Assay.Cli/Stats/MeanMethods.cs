using System.Text.Json.Nodes;
using Assay.Statistics;

namespace Assay.Cli.Stats;

internal static class MeanMethods
{
    private const string Example = """{"control": [3.1, 2.4, 4.0, 3.3], "treatment": [3.9, 3.2, 4.4, 4.1]}""";
    private static readonly string[] LiftKeys = ["lift", "standardError", "pValue", "low", "high", "fiellerLow", "fiellerHigh"];

    /// <summary>Keys of every t test.</summary>
    public static readonly string[] Keys = ["difference", "standardError", "t", "df", "pValue", "low", "high"];

    public static IEnumerable<StatsMethod> All =>
    [
        new("welch-t", "difference of two means, variances may differ; one value per unit, or a report's controlN, controlMean, controlVariance … (alternative: two-sided, greater, less)", Example,
            input => Write(WelchT.Compare(ArmInput.Mean(input, "control"), ArmInput.Mean(input, "treatment"), input.Alpha, ReadAlternative(input)))),
        new("student-t", "difference of two means of one common variance", Example,
            input => Write(StudentT.Compare(ArmInput.Mean(input, "control"), ArmInput.Mean(input, "treatment"), input.Alpha, ReadAlternative(input)))),
        new("relative-lift", "relative difference of two estimates with standard errors: delta method and Fieller",
            """{"controlValue": 0.60, "controlStandardError": 0.015, "treatmentValue": 0.65, "treatmentStandardError": 0.015}""",
            RunLift),
    ];

    public static JsonObject Write(Estimated<MeanComparison> result) => StatsOutput.Of(result, Keys, (output, r) => output
        .Add("difference", r.Difference).Add("standardError", r.StandardError).Add("t", r.Statistic).Add("df", r.DegreesOfFreedom)
        .Add("pValue", r.PValue).Add("low", "high", r.Interval));

    public static Alternative ReadAlternative(StatsInput input) => input.TextOr("alternative", "two-sided", "two-sided", "greater", "less") switch
    {
        "greater" => Alternative.Greater,
        "less" => Alternative.Less,
        _ => Alternative.TwoSided,
    };

    private static JsonObject RunLift(StatsInput input)
    {
        MeanEstimate control = Estimate(input, "control"), treatment = Estimate(input, "treatment");
        var alpha = input.Alpha;
        var fieller = RelativeLift.Fieller(control, treatment, alpha);
        return StatsOutput.Of(RelativeLift.Delta(control, treatment, alpha), LiftKeys, (output, r) => output
            .Add("lift", r.Lift).Add("standardError", r.StandardError).Add("pValue", r.PValue).Add("low", "high", r.Interval)
            .Add("fiellerLow", fieller.Map(i => i.Low)).Add("fiellerHigh", fieller.Map(i => i.High)));
    }

    private static MeanEstimate Estimate(StatsInput input, string arm)
    {
        double value = input.Number(arm + "Value"), standardError = input.Number(arm + "StandardError");
        return standardError >= 0 ? new MeanEstimate(value, standardError) : throw new UsageException($"{arm}StandardError: must not be negative");
    }
}
