using System.Text.Json.Nodes;
using Assay.Events;
using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Analysis;

/// <summary>Takes from a difference what the plan's covariates explain (CUPED).</summary>
internal static class CupedEffect
{
    public const string Method = "cuped";

    /// <summary>Below so many units in an arm the coefficients are counted as estimated.</summary>
    public const int EnoughUnits = 50;

    private const int FewestDegreesOfFreedom = 4;

    public static bool Applies(Metric metric, MetricArmMoments control, MetricArmMoments treatment) =>
        metric.Type != MetricType.Quantile && control is { Covariate: not null, Units: > 1 } && treatment is { Covariate: not null, Units: > 1 };

    public static Effect Adjust(Effect effect, Metric metric, MetricArmMoments control, MetricArmMoments treatment, double alpha)
    {
        bool isRatio = metric.Type == MetricType.Ratio, isKnown = Math.Min(control.Units, treatment.Units) >= EnoughUnits;
        var (joint, names) = Joint(control, treatment, isRatio);
        var kind = control.Covariate!.Theta == ThetaKind.Total ? CupedTheta.Total : CupedTheta.WithinArm;
        var result = isRatio ? Cuped.Ratios(joint[0], joint[1], alpha, kind, isKnown) : Cuped.Means(joint[0], joint[1], alpha, kind, thetaIsKnown: isKnown);
        if (!result.IsEstimable) return effect with { NotAdjusted = result.Reason };
        var adjusted = result.Value;
        if (adjusted.Dropped.Count == adjusted.Theta.Count) return effect with { NotAdjusted = "the covariates are the same for all units" };
        if (!isKnown && adjusted.Adjusted.DegreesOfFreedom < FewestDegreesOfFreedom)
            return effect with { NotAdjusted = FormattableString.Invariant($"with {adjusted.Theta.Count - adjusted.Dropped.Count} estimated coefficients the units are worth {adjusted.Adjusted.DegreesOfFreedom:F1} degrees of freedom; at least {FewestDegreesOfFreedom} are needed") };
        return effect with
        {
            Method = Method,
            Arguments = null!,
            ArgumentsIfAsked = () => new JsonObject
            {
                ["control"] = Describe(joint[0]),
                ["treatment"] = Describe(joint[1]),
                ["covariates"] = new JsonArray([.. names.Select(n => (JsonNode)n)]),
                ["theta"] = Array(adjusted.Theta),
                ["thetaKind"] = kind == CupedTheta.Total ? "total" : "within-arm",
                ["thetaIsKnown"] = isKnown,
                ["varianceReduction"] = adjusted.VarianceReduction,
                ["missing"] = Missing(control, treatment),
                ["degreesOfFreedom"] = adjusted.Adjusted.DegreesOfFreedom,
                ["alpha"] = alpha,
            },
            Difference = adjusted.Adjusted.Difference,
            StandardError = adjusted.Adjusted.StandardError,
            Interval = adjusted.Adjusted.Interval,
            PValue = adjusted.Adjusted.PValue,
            RelativeDifference = adjusted.Lift.IsEstimable ? adjusted.Lift.Value.Lift : null,
            RelativeInterval = adjusted.Lift.IsEstimable ? adjusted.Lift.Value.Interval : null,
            UnadjustedDifference = effect.Difference,
            VarianceReduction = adjusted.VarianceReduction,
        };
    }

    /// <summary>Per arm: value (or numerator and denominator), covariates, and the marks of those that are missing somewhere; with the names of what follows the value.</summary>
    private static (JointMoments[] Arms, string[] Names) Joint(MetricArmMoments control, MetricArmMoments treatment, bool isRatio)
    {
        CovariateMoments c = control.Covariate!, t = treatment.Covariate!;
        var count = c.Names.Length;
        int[] variables = [.. Enumerable.Range(0, count), .. Enumerable.Range(0, count).Where(j => c.Missing[j] + t.Missing[j] > 0).Select(j => count + j)];
        return ([Joint(control, variables, isRatio), Joint(treatment, variables, isRatio)], [.. variables.Select(v => v < count ? c.Names[v] : c.Names[v - count] + " is missing")]);
    }

    private static JointMoments Joint(MetricArmMoments arm, int[] variables, bool isRatio)
    {
        var (x, first) = (arm.Covariate!, isRatio ? 2 : 1);
        var n = first + variables.Length;
        var (means, covariance) = (new double[n], new double[n, n]);
        (means[0], covariance[0, 0]) = (arm.Mean, arm.Variance);
        if (isRatio) (means[1], covariance[1, 1], covariance[1, 0]) = (arm.DenominatorMean, arm.DenominatorVariance, arm.Covariance);
        for (var i = 0; i < variables.Length; i++)
        {
            means[first + i] = variables[i] < x.Names.Length ? x.Means[variables[i]] : (double)x.Missing[variables[i] - x.Names.Length] / arm.Units;
            covariance[first + i, 0] = x.WithValue[variables[i]];
            if (isRatio) covariance[first + i, 1] = x.WithDenominator[variables[i]];
            for (var j = 0; j <= i; j++) covariance[first + i, first + j] = x.Covariance(variables[i], variables[j]);
        }
        for (var i = 0; i < n; i++)
            for (var j = 0; j < i; j++)
            {
                // Sums in floating point can leave a covariance a hair beyond what its variances allow.
                var limit = Math.Sqrt(covariance[i, i]) * Math.Sqrt(covariance[j, j]);
                covariance[i, j] = covariance[j, i] = Math.Clamp(covariance[i, j], -limit, limit);
            }
        return new JointMoments(arm.Units, means, covariance);
    }

    private static JsonObject Missing(MetricArmMoments control, MetricArmMoments treatment)
    {
        var covariates = control.Covariate!.Names;
        return new(covariates.Select((name, j) => KeyValuePair.Create(name, (JsonNode?)new JsonObject
        {
            [control.Variant] = (double)control.Covariate.Missing[j] / control.Units,
            [treatment.Variant] = (double)treatment.Covariate!.Missing[j] / treatment.Units,
        })));
    }

    private static JsonObject Describe(JointMoments moments) => new()
    {
        ["n"] = moments.N,
        ["means"] = Array(Enumerable.Range(0, moments.Variables).Select(moments.Mean)),
        ["covariance"] = new JsonArray([.. Enumerable.Range(0, moments.Variables).Select(i => (JsonNode)Array(Enumerable.Range(0, moments.Variables).Select(j => moments.Covariance(i, j))))]),
    };

    private static JsonArray Array(IEnumerable<double> values) => new([.. values.Select(v => (JsonNode)v)]);
}
