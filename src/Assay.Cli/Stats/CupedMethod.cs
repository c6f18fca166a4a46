using System.Text.Json.Nodes;
using Assay.Statistics;

namespace Assay.Cli.Stats;

/// <summary>CUPED of raw columns or of moments: means or ratios, one covariate or several, with gaps.</summary>
internal static class CupedMethod
{
    private static readonly string[] Keys =
    [
        "theta", "controlMean", "treatmentMean", "difference", "standardError", "df", "pValue", "low", "high", "varianceReduction",
        "lift", "liftStandardError", "liftLow", "liftHigh",
    ];

    public static JsonObject Run(StatsInput input) => input.HasObject("control") ? OfMoments(input) : OfColumns(input);

    /// <summary>Of means and covariances, as a report's row holds them: value, or numerator and denominator, then what <c>covariates</c> names.</summary>
    private static JsonObject OfMoments(StatsInput input)
    {
        JointMoments control = Moments(input.Part("control")), treatment = Moments(input.Part("treatment"));
        if (control.Variables != treatment.Variables) throw new UsageException($"treatment.means: has {treatment.Variables} elements, but control.means has {control.Variables}");
        var own = control.Variables - input.Names("covariates").Length;
        if (own is not (1 or 2)) throw new UsageException($"covariates: means has {control.Variables} elements, which must be one more than covariates has, or two more for a ratio");
        var theta = ReadTheta(input, "thetaKind");
        var isKnown = input.FlagOr("thetaIsKnown", true);
        input.Ignore("theta", "varianceReduction", "missing", "degreesOfFreedom");
        var result = own == 2 ? Cuped.Ratios(control, treatment, input.Alpha, theta, isKnown) : Cuped.Means(control, treatment, input.Alpha, theta, thetaIsKnown: isKnown);
        return StatsOutput.Of(result, Keys, (output, r) => VarianceReductionMethods.Write(output.Add("theta", [.. r.Theta]), r.ControlMean, r.TreatmentMean, r.Adjusted, r.Lift)
            .Add("varianceReduction", r.VarianceReduction));
    }

    private static JointMoments Moments(StatsInput arm)
    {
        var means = arm.Numbers("means");
        var rows = arm.Rows("covariance");
        if (rows.Length != means.Length || rows.Any(r => r.Length != means.Length || r.Contains(null)))
            throw new UsageException($"covariance: must be {means.Length} rows of {means.Length} numbers, as means has so many elements");
        var covariance = new double[means.Length, means.Length];
        for (var i = 0; i < means.Length; i++)
            for (var j = 0; j < means.Length; j++) covariance[i, j] = rows[i][j]!.Value;
        return new(arm.Count("n"), means, covariance);
    }

    private static CupedTheta ReadTheta(StatsInput input, string field) =>
        input.TextOr(field, "within-arm", "within-arm", "total") == "total" ? CupedTheta.Total : CupedTheta.WithinArm;

    private static JsonObject OfColumns(StatsInput input)
    {
        double[] control = input.Numbers("control"), treatment = input.Numbers("treatment");
        var isRatio = input.Has("controlDenominator") || input.Has("treatmentDenominator");
        List<double[]> c = isRatio ? [control, Column(input, "controlDenominator", control.Length, "control")] : [control];
        List<double[]> t = isRatio ? [treatment, Column(input, "treatmentDenominator", treatment.Length, "treatment")] : [treatment];
        var areSeveral = input.Has("controlCovariates") || input.Has("treatmentCovariates");
        double?[][] controlX = Covariates(input, "control", control.Length, areSeveral), treatmentX = Covariates(input, "treatment", treatment.Length, areSeveral);
        if (controlX.Length != treatmentX.Length) throw new UsageException($"treatmentCovariates: has {treatmentX.Length} columns, but controlCovariates has {controlX.Length}");
        var theta = ReadTheta(input, "theta");
        var isKnown = input.FlagOr("thetaIsKnown", true);
        var alternative = MeanMethods.ReadAlternative(input);
        if (isRatio && alternative != Alternative.TwoSided) throw new UsageException("alternative: ratios are compared two-sided");

        var filled = new List<FilledCovariate>();
        for (var j = 0; j < controlX.Length; j++)
        {
            var found = MissingCovariate.Fill(controlX[j], treatmentX[j], input.Alpha);
            if (!found.IsEstimable) return StatsOutput.Of<CupedComparison>(new NotEstimable(areSeveral ? $"covariate {j}: {found.Reason}" : found.Reason!), Keys, static (_, _) => { });
            filled.Add(found.Value);
            c.Add(found.Value.Control);
            t.Add(found.Value.Treatment);
        }
        foreach (var gaps in filled.Where(f => f.Missing > 0))
        {
            c.Add(gaps.ControlMissing);
            t.Add(gaps.TreatmentMissing);
        }
        JointMoments x = JointMoments.FromColumns([.. c]), y = JointMoments.FromColumns([.. t]);
        var result = isRatio ? Cuped.Ratios(x, y, input.Alpha, theta, isKnown) : Cuped.Means(x, y, input.Alpha, theta, alternative, thetaIsKnown: isKnown);
        return StatsOutput.Of(result, Keys, (output, r) =>
        {
            if (areSeveral) output.Add("theta", [.. r.Theta.Take(filled.Count)]);
            else output.Add("theta", r.Theta[0]);
            var gaps = filled.Where(f => f.Missing > 0).ToArray();
            if (gaps.Length > 0 && areSeveral) output.Add("covariatesMissing", [.. filled.Select(f => (double)f.Missing)]).Add("missingPValue", [.. filled.Select(PValue)], "no unit lacks it");
            else if (gaps.Length > 0) output.Add("covariatesMissing", gaps[0].Missing).Add("missingPValue", gaps[0].Shares.Value.PValue);
            VarianceReductionMethods.Write(output, r.ControlMean, r.TreatmentMean, r.Adjusted, r.Lift).Add("varianceReduction", r.VarianceReduction);
        });
    }

    private static double? PValue(FilledCovariate covariate) => covariate.Shares is { IsEstimable: true, Value.PValue: { IsEstimable: true } p } ? p.Value : null;

    private static double?[][] Covariates(StatsInput input, string arm, int units, bool areSeveral)
    {
        var name = arm + (areSeveral ? "Covariates" : "Covariate");
        double?[][] columns = areSeveral ? input.Rows(name) : [input.NumbersOrMissing(name)];
        if (columns.Length == 0) throw new UsageException($"{name}: needs at least one column");
        foreach (var column in columns)
            if (column.Length != units) throw new UsageException($"{name}: {(areSeveral ? "a column " : "")}has {column.Length} elements, but {arm} has {units}");
        return columns;
    }

    private static double[] Column(StatsInput input, string name, int units, string arm)
    {
        var column = input.Numbers(name);
        return column.Length == units ? column : throw new UsageException($"{name}: has {column.Length} elements, but {arm} has {units}");
    }
}
