using System.Text.Json.Nodes;
using Assay.Statistics;

namespace Assay.Cli.Stats;

internal static class VarianceReductionMethods
{
    private static readonly string[] StratifiedKeys =
    [
        "controlMean", "treatmentMean", "difference", "standardError", "df", "pValue", "low", "high", "lift", "liftStandardError", "liftLow", "liftHigh", "strata",
    ];

    public static IEnumerable<StatsMethod> All =>
    [
        new("cuped", "difference of two means, or of ratios with controlDenominator and treatmentDenominator, adjusted for a covariate from before (null where a unit has none), or for several columns of controlCovariates and treatmentCovariates; theta: within-arm, total; thetaIsKnown: false counts it as estimated",
            """{"control": [3, 5, 4, 8], "controlCovariate": [1, 3, 2, 5], "treatment": [4, 7, 5, 9], "treatmentCovariate": [1, 4, 3, 4]}""", CupedMethod.Run),
        new("post-stratification", "difference of two means, or of ratios with controlDenominator and treatmentDenominator, with the arms' strata brought to the same shares, or to weights: {stratum: number}",
            """{"control": [1, 2, 3, 9, 11], "controlStrata": ["free", "free", "free", "paid", "paid"], "treatment": [2, 3, 12, 13, 14], "treatmentStrata": ["free", "free", "paid", "paid", "paid"]}""",
            RunStratified),
    ];

    private static JsonObject RunStratified(StatsInput input)
    {
        if (input.Has("strata")) return StratifiedOfMoments(input);
        double[] control = input.Numbers("control"), treatment = input.Numbers("treatment");
        string[] controlStrata = input.Names("controlStrata"), treatmentStrata = input.Names("treatmentStrata");
        if (control.Length != controlStrata.Length) throw new UsageException($"controlStrata: has {controlStrata.Length} elements, but control has {control.Length}");
        if (treatment.Length != treatmentStrata.Length) throw new UsageException($"treatmentStrata: has {treatmentStrata.Length} elements, but treatment has {treatment.Length}");
        string[] names = [.. controlStrata.Union(treatmentStrata)];
        var weights = input.NumbersByName("weights", names);
        var alternative = MeanMethods.ReadAlternative(input);
        if (!input.Has("controlDenominator") && !input.Has("treatmentDenominator"))
            return Output(PostStratification.Means([.. names.Select(n => new Stratum(Of(control, controlStrata, n), Of(treatment, treatmentStrata, n)))], input.Alpha, alternative, weights));
        double[] controlX = input.Numbers("controlDenominator"), treatmentX = input.Numbers("treatmentDenominator");
        if (control.Length != controlX.Length) throw new UsageException($"controlDenominator: has {controlX.Length} elements, but control has {control.Length}");
        if (treatment.Length != treatmentX.Length) throw new UsageException($"treatmentDenominator: has {treatmentX.Length} elements, but treatment has {treatment.Length}");
        return Output(PostStratification.Ratios(
            [.. names.Select(n => new RatioStratum(Pairs(control, controlX, controlStrata, n), Pairs(treatment, treatmentX, treatmentStrata, n)))], input.Alpha, alternative, weights));

        static SampleMoments Of(double[] values, string[] strata, string name) => SampleMoments.FromValues(In(values, strata, name));
        static RatioMoments Pairs(double[] values, double[] denominators, string[] strata, string name) => RatioMoments.FromValues(In(values, strata, name), In(denominators, strata, name));
        static double[] In(double[] values, string[] strata, string name) => [.. values.Where((_, i) => strata[i] == name)];
    }

    /// <summary>Of each stratum's weight and moments, as a report's row holds them.</summary>
    private static JsonObject StratifiedOfMoments(StatsInput input)
    {
        var strata = input.Parts("strata");
        foreach (var stratum in strata) stratum.Ignore("values");
        input.Ignore("attributes", "merged", "varianceReduction", "degreesOfFreedom");
        double[] weights = [.. strata.Select(s => s.Number("weight"))];
        RatioStratum[] moments = [.. strata.Select(s => new RatioStratum(Moments(s.Part("control")), Moments(s.Part("treatment"))))];
        return Output(PostStratification.Ratios(moments, input.Alpha, MeanMethods.ReadAlternative(input), weights));

        // A mean is the ratio to 1 per unit.
        static RatioMoments Moments(StatsInput arm) => arm.Has("mean")
            ? new(arm.Count("n"), arm.Number("mean"), 1, ArmInput.Variance(arm, "variance"), 0, 0)
            : new(arm.Count("n"), arm.Number("meanNumerator"), arm.Number("meanDenominator"),
                ArmInput.Variance(arm, "varianceNumerator"), ArmInput.Variance(arm, "varianceDenominator"), arm.Number("covariance"));
    }

    private static JsonObject Output(Estimated<StratifiedComparison> result) => StatsOutput.Of(result, StratifiedKeys, (output, r) =>
        Write(output, r.ControlMean, r.TreatmentMean, r.Adjusted, r.Lift).Add("strata", r.Strata));

    internal static StatsOutput Write(StatsOutput output, double control, double treatment, MeanComparison of, Estimated<LiftComparison> lift) => output
        .Add("controlMean", control).Add("treatmentMean", treatment).Add("difference", of.Difference).Add("standardError", of.StandardError)
        .Add("df", of.DegreesOfFreedom).Add("pValue", of.PValue).Add("low", "high", of.Interval)
        .Add("lift", lift.Map(l => l.Lift)).Add("liftStandardError", lift.Map(l => l.StandardError))
        .Add("liftLow", lift.Map(l => l.Interval.Low)).Add("liftHigh", lift.Map(l => l.Interval.High));
}
