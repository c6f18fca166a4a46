using System.Text.Json.Nodes;
using Assay.Events;
using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Analysis;

/// <summary>Brings both arms to the plan's mix of strata (post-stratification).</summary>
internal static class StratifiedEffect
{
    public const string Method = "post-stratified-mean", RatioMethod = "post-stratified-ratio";

    public static bool Applies(Metric metric, MetricArmMoments control, MetricArmMoments treatment) =>
        metric.Type != MetricType.Quantile && !control.Strata.IsEmpty && control.Strata.Length == treatment.Strata.Length && control.Units > 1 && treatment.Units > 1;

    public static Effect Adjust(Effect effect, Metric metric, MetricArmMoments control, MetricArmMoments treatment, double alpha)
    {
        var strata = MergedStratum.Of(control, treatment);
        if (strata.Count < 2)
            return effect with { NotAdjusted = control.Strata.Length == 1 ? "all units are in one stratum" : $"fewer than two strata have {MergedStratum.FewestUnits} units in every arm" };
        var isRatio = metric.Type == MetricType.Ratio;
        double[] weights = [.. strata.Select(s => (double)s.AllUnits)];
        var result = isRatio
            ? PostStratification.Ratios([.. strata.Select(s => new RatioStratum(s.Control, s.Treatment))], alpha, weights: weights)
            : PostStratification.Means([.. strata.Select(s => new Stratum(Value(s.Control), Value(s.Treatment)))], alpha, weights: weights);
        if (!result.IsEstimable) return effect with { NotAdjusted = result.Reason };
        var adjusted = result.Value;
        double? reduction = effect.StandardError is { } before and > 0 ? 1 - Square(adjusted.Adjusted.StandardError / before) : null;
        return effect with
        {
            Method = isRatio ? RatioMethod : Method,
            Arguments = null!,
            ArgumentsIfAsked = () => new JsonObject
            {
                ["strata"] = new JsonArray([.. strata.Select(s => (JsonNode)s.Describe(isRatio, strata.Sum(x => (double)x.AllUnits)))]),
                ["merged"] = strata.Sum(s => s.Values.Count > 1 ? s.Values.Count : 0),
                ["varianceReduction"] = reduction,
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
            VarianceReduction = reduction,
        };
    }

    private static SampleMoments Value(RatioMoments moments) => new(moments.N, moments.MeanNumerator, moments.VarianceNumerator);

    private static double Square(double x) => x * x;
}
