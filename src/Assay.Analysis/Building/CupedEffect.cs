using System.Text.Json.Nodes;
using Assay.Events;
using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Analysis;

/// <summary>Takes from a difference what the plan's covariate explains (CUPED, theta within the arms).</summary>
internal static class CupedEffect
{
    public const string Method = "cuped";

    public static bool Applies(Metric metric, MetricArmMoments control, MetricArmMoments treatment) =>
        metric.Type != MetricType.Quantile && control is { Covariate: not null, Units: > 1 } && treatment is { Covariate: not null, Units: > 1 };

    /// <returns>The adjusted effect; the one that was given where nothing can be adjusted, with the reason in its arguments.</returns>
    public static Effect Adjust(Effect effect, Metric metric, MetricArmMoments control, MetricArmMoments treatment, double alpha)
    {
        if (!effect.IsEstimated || !Applies(metric, control, treatment)) return effect;
        var marks = control.Covariate!.Missing + treatment.Covariate!.Missing > 0;
        bool isRatio = metric.Type == MetricType.Ratio;
        JointMoments c = Joint(control, isRatio, marks), t = Joint(treatment, isRatio, marks);
        var result = isRatio ? Cuped.Ratios(c, t, alpha) : Cuped.Means(c, t, alpha);
        if (!result.IsEstimable) return effect;
        var adjusted = result.Value;
        return effect with
        {
            Method = Method,
            Arguments = new JsonObject
            {
                ["control"] = Describe(c),
                ["treatment"] = Describe(t),
                ["theta"] = Array(adjusted.Theta),
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

    /// <summary>Value (or numerator and denominator), covariate, and where values are missing the mark of it.</summary>
    private static JointMoments Joint(MetricArmMoments arm, bool isRatio, bool marks)
    {
        var x = arm.Covariate!;
        var missing = (double)x.Missing / arm.Units;
        List<double> means = isRatio ? [arm.Mean, arm.DenominatorMean, x.Mean] : [arm.Mean, x.Mean];
        double[][] rows = isRatio
            ? [[arm.Variance], [arm.Covariance, arm.DenominatorVariance], [x.Covariance, x.DenominatorCovariance, x.Variance]]
            : [[arm.Variance], [x.Covariance, x.Variance]];
        if (marks)
        {
            means.Add(missing);
            rows = [.. rows, isRatio
                ? [x.MissingCovariance, x.DenominatorMissingCovariance, x.CovariateMissingCovariance, x.MissingVariance]
                : [x.MissingCovariance, x.CovariateMissingCovariance, x.MissingVariance]];
        }
        var covariance = new double[rows.Length, rows.Length];
        for (var i = 0; i < rows.Length; i++)
            for (var j = 0; j <= i; j++)
            {
                // Sums in floating point can leave a covariance a hair beyond what its variances allow.
                var limit = Math.Sqrt(rows[i][i]) * Math.Sqrt(rows[j][j]);
                covariance[i, j] = covariance[j, i] = i == j ? rows[i][i] : Math.Clamp(rows[i][j], -limit, limit);
            }
        return new JointMoments(arm.Units, [.. means], covariance);
    }

    private static JsonObject Describe(JointMoments moments) => new()
    {
        ["n"] = moments.N,
        ["means"] = Array(Enumerable.Range(0, moments.Variables).Select(moments.Mean)),
        ["covariance"] = new JsonArray([.. Enumerable.Range(0, moments.Variables).Select(i => (JsonNode)Array(Enumerable.Range(0, moments.Variables).Select(j => moments.Covariance(i, j))))]),
    };

    private static JsonArray Array(IEnumerable<double> values) => new([.. values.Select(v => (JsonNode)v)]);
}
