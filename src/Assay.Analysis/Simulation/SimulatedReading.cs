using Assay.Events;
using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Analysis;

/// <summary>Turns what was drawn of one metric into the moments that a store would read.</summary>
/// <param name="metric">The metric.</param>
/// <param name="isByUnit">Drawn unit by unit.</param>
/// <param name="plan">Names the covariates.</param>
/// <param name="quantileZ">Half-width of a quantile's interval, in standard errors.</param>
internal sealed class SimulatedReading(SimulatedMetric metric, bool isByUnit, AnalysisPlan plan, double quantileZ)
{
    public MetricArmMoments Of(in SimulatedArm arm, string variant, int index)
    {
        var read = new MetricArmMoments { Variant = variant, Units = arm.Units, Matured = arm.Units, Answered = arm.Units };
        if (arm.Units == 0) return read;
        switch (metric.Metric.Type)
        {
            case MetricType.Proportion:
                var share = new Proportion(arm.Successes, arm.Units).ToMoments();
                read = read with { Successes = arm.Successes, Mean = share.Mean, Variance = share.Variance };
                break;
            case MetricType.Quantile:
                return read with { Quantile = Quantile(arm, metric.Values[index][0]) };
            case MetricType.Ratio:
                var ratio = RatioMoments.FromSums(arm.Units, arm.Numerator, arm.Denominator, arm.NumeratorSquares, arm.DenominatorSquares, arm.Products);
                read = read with
                {
                    Mean = ratio.MeanNumerator,
                    Variance = ratio.VarianceNumerator,
                    DenominatorMean = ratio.MeanDenominator,
                    DenominatorVariance = ratio.VarianceDenominator,
                    Covariance = ratio.Covariance,
                    NonZeroDenominators = arm.Units,
                };
                break;
            default:
                var mean = isByUnit ? SampleMoments.FromSums(arm.Units, arm.Numerator, arm.NumeratorSquares) : arm.Moments;
                // Drawn unit by unit, values are counted from the control's truth, which keeps their digits.
                read = read with { Mean = mean.Mean + (isByUnit ? metric.Values[0][0] : 0), Variance = mean.Variance };
                break;
        }
        if (arm.Covariates is not { } sums || arm.Units < 2) return read;
        var isRatio = metric.Metric.Type == MetricType.Ratio;
        return read with { Covariate = CovariateSums.Read(sums, plan, arm.Units, metric.Metric.Type == MetricType.Proportion ? arm.Successes : arm.Numerator, isRatio ? arm.Denominator : null) };
    }

    // Events log-normal, their quantile at the truth; ranks a little apart lie a little apart on the distribution.
    private QuantileArmMoments Quantile(in SimulatedArm arm, double truth)
    {
        double q = metric.Metric.Quantile!.Value, n = isByUnit ? arm.Denominator : arm.Units;
        var below = (isByUnit ? arm.Numerator : arm.Successes) / n;
        double shift = below - q, error = isByUnit ? ShareError(arm, below) : Math.Sqrt(q * (1 - q) / n);
        var scale = metric.StandardDeviation / Math.Abs(truth);
        double low = q - quantileZ * error, high = q + quantileZ * error;
        return new QuantileArmMoments((long)n, arm.Units, At(q), error, low * n < 1 ? null : At(low), high >= 1 ? null : At(high));

        double At(double rank)
        {
            var p = Math.Clamp(rank - shift, 0.5 / n, 1 - 0.5 / n);
            return truth * Math.Exp(scale * (StandardNormal.Quantile(p) - StandardNormal.Quantile(q)));
        }
    }

    // Of the share of events below, clustered by unit: the delta method for a ratio of sums.
    private static double ShareError(in SimulatedArm arm, double below)
    {
        if (arm.Units < 2) return 0;
        var squares = arm.NumeratorSquares - 2 * below * arm.Products + below * below * arm.DenominatorSquares;
        return Math.Sqrt(Math.Max(0, squares) * arm.Units / (arm.Units - 1.0)) / arm.Denominator;
    }
}
