using System.Text.Json.Nodes;
using Assay.Statistics;

namespace Assay.Cli.Stats;

internal static class VarianceReductionMethods
{
    private static readonly string[] CupedKeys =
    [
        "theta", "controlMean", "treatmentMean", "difference", "standardError", "df", "pValue", "low", "high", "varianceReduction",
        "lift", "liftStandardError", "liftLow", "liftHigh",
    ];

    private static readonly string[] StratifiedKeys =
    [
        "controlMean", "treatmentMean", "difference", "standardError", "df", "pValue", "low", "high", "lift", "liftStandardError", "liftLow", "liftHigh", "strata",
    ];

    public static IEnumerable<StatsMethod> All =>
    [
        new("cuped", "difference of two means, adjusted for a covariate from before (null where a unit has none; theta: within-arm, total)",
            """{"control": [3, 5, 4, 8], "controlCovariate": [1, 3, 2, 5], "treatment": [4, 7, 5, 9], "treatmentCovariate": [1, 4, 3, 4]}""", RunCuped),
        new("post-stratification", "difference of two means with the arms' strata brought to the same shares",
            """{"control": [1, 2, 3, 9, 11], "controlStrata": ["free", "free", "free", "paid", "paid"], "treatment": [2, 3, 12, 13, 14], "treatmentStrata": ["free", "free", "paid", "paid", "paid"]}""",
            RunStratified),
    ];

    private static JsonObject RunCuped(StatsInput input)
    {
        double[] control = input.Numbers("control"), treatment = input.Numbers("treatment");
        double?[] controlX = input.NumbersOrMissing("controlCovariate"), treatmentX = input.NumbersOrMissing("treatmentCovariate");
        if (control.Length != controlX.Length) throw new UsageException($"controlCovariate: has {controlX.Length} elements, but control has {control.Length}");
        if (treatment.Length != treatmentX.Length) throw new UsageException($"treatmentCovariate: has {treatmentX.Length} elements, but treatment has {treatment.Length}");
        var theta = input.TextOr("theta", "within-arm", "within-arm", "total") == "total" ? CupedTheta.Total : CupedTheta.WithinArm;
        var alternative = MeanMethods.ReadAlternative(input);
        var filled = MissingCovariate.Fill(controlX, treatmentX, input.Alpha);
        var result = !filled.IsEstimable ? new NotEstimable(filled.Reason!)
            : filled.Value.Missing == 0
                ? Cuped.Means(JointMoments.FromColumns(control, filled.Value.Control), JointMoments.FromColumns(treatment, filled.Value.Treatment), input.Alpha, theta, alternative)
                : Cuped.Means(
                    JointMoments.FromColumns(control, filled.Value.Control, filled.Value.ControlMissing),
                    JointMoments.FromColumns(treatment, filled.Value.Treatment, filled.Value.TreatmentMissing), input.Alpha, theta, alternative);
        return StatsOutput.Of(result, CupedKeys, (output, r) =>
        {
            output.Add("theta", r.Theta[0]);
            if (filled.Value.Missing > 0) output.Add("covariatesMissing", filled.Value.Missing).Add("missingPValue", filled.Value.Shares.Value.PValue);
            Write(output, r.ControlMean, r.TreatmentMean, r.Adjusted, r.Lift).Add("varianceReduction", r.VarianceReduction);
        });
    }

    private static JsonObject RunStratified(StatsInput input)
    {
        double[] control = input.Numbers("control"), treatment = input.Numbers("treatment");
        string[] controlStrata = input.Names("controlStrata"), treatmentStrata = input.Names("treatmentStrata");
        if (control.Length != controlStrata.Length) throw new UsageException($"controlStrata: has {controlStrata.Length} elements, but control has {control.Length}");
        if (treatment.Length != treatmentStrata.Length) throw new UsageException($"treatmentStrata: has {treatmentStrata.Length} elements, but treatment has {treatment.Length}");
        Stratum[] strata = [.. controlStrata.Union(treatmentStrata).Select(name => new Stratum(Of(control, controlStrata, name), Of(treatment, treatmentStrata, name)))];
        return StatsOutput.Of(PostStratification.Means(strata, input.Alpha, MeanMethods.ReadAlternative(input)), StratifiedKeys, (output, r) =>
            Write(output, r.ControlMean, r.TreatmentMean, r.Adjusted, r.Lift).Add("strata", r.Strata));

        static SampleMoments Of(double[] values, string[] strata, string name) =>
            SampleMoments.FromValues([.. values.Where((_, i) => strata[i] == name)]);
    }

    private static StatsOutput Write(StatsOutput output, double control, double treatment, MeanComparison of, Estimated<LiftComparison> lift) => output
        .Add("controlMean", control).Add("treatmentMean", treatment).Add("difference", of.Difference).Add("standardError", of.StandardError)
        .Add("df", of.DegreesOfFreedom).Add("pValue", of.PValue).Add("low", "high", of.Interval)
        .Add("lift", lift.Map(l => l.Lift)).Add("liftStandardError", lift.Map(l => l.StandardError))
        .Add("liftLow", lift.Map(l => l.Interval.Low)).Add("liftHigh", lift.Map(l => l.Interval.High));
}
