using Assay.Events;
using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Analysis;

/// <summary>Draws one metric's units as the sufficient statistics that a store would read, look by look.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Values">The truth per variant, in the definition's order.</param>
/// <param name="StandardDeviation">Of one unit (one event of a quantile or ratio).</param>
/// <param name="IsSkewed">Log-normal instead of normal.</param>
internal sealed record SimulatedMetric(Metric Metric, double[] Values, double StandardDeviation, bool IsSkewed)
{
    // Requests per unit of a ratio: one, and more with this chance each.
    private const double AnotherRequest = 0.5;

    /// <summary>Adds units to an arm.</summary>
    public void Draw(ref RandomStream random, ref SimulatedArm arm, int variant, int units)
    {
        if (units == 0) return;
        var value = Values[variant];
        switch (Metric.Type)
        {
            case MetricType.Proportion:
                arm.Successes += random.Binomial(units, value);
                break;
            case MetricType.Quantile:
                // How many fall below the true quantile is all that moves the sample's: R. R. Bahadur, Annals of Mathematical Statistics 37 (1966) 577–580, doi:10.1214/aoms/1177699450.
                arm.Successes += random.Binomial(units, Metric.Quantile!.Value);
                break;
            case MetricType.Ratio:
                DrawRatio(ref random, ref arm, value, units);
                break;
            default:
                arm.Moments = arm.Moments.Merge(IsSkewed ? LogNormal(ref random, value, units) : Normal(ref random, value, units));
                break;
        }
        arm.Units += units;
    }

    /// <summary>As a store would read it.</summary>
    public MetricArmMoments Read(in SimulatedArm arm, string variant, int index, double quantileZ)
    {
        var read = new MetricArmMoments { Variant = variant, Units = arm.Units, Matured = arm.Units, Answered = arm.Units };
        if (arm.Units == 0) return read;
        switch (Metric.Type)
        {
            case MetricType.Proportion:
                var moments = new Proportion(arm.Successes, arm.Units).ToMoments();
                return read with { Successes = arm.Successes, Mean = moments.Mean, Variance = moments.Variance };
            case MetricType.Quantile:
                return read with { Quantile = ReadQuantile(arm, Values[index], quantileZ) };
            case MetricType.Ratio:
                var ratio = RatioMoments.FromSums(arm.Units, arm.Numerator, arm.Denominator, arm.NumeratorSquares, arm.DenominatorSquares, arm.Products);
                return read with
                {
                    Mean = ratio.MeanNumerator,
                    Variance = ratio.VarianceNumerator,
                    DenominatorMean = ratio.MeanDenominator,
                    DenominatorVariance = ratio.VarianceDenominator,
                    Covariance = ratio.Covariance,
                    NonZeroDenominators = arm.Units,
                };
            default:
                return read with { Mean = arm.Moments.Mean, Variance = arm.Moments.Variance };
        }
    }

    private SampleMoments Normal(ref RandomStream random, double mean, int units)
    {
        double sd = StandardDeviation, drawn = mean + sd / Math.Sqrt(units) * random.Normal();
        return new SampleMoments(units, drawn, units < 2 ? 0 : sd * sd * random.ChiSquare(units - 1) / (units - 1));
    }

    private SampleMoments LogNormal(ref RandomStream random, double mean, int units)
    {
        var (location, scale) = LogScale(mean);
        double offset = mean, sum = 0, squares = 0;
        for (var i = 0; i < units; i++)
        {
            var x = Math.Exp(location + scale * random.Normal()) - offset;
            sum += x;
            squares += x * x;
        }
        var centred = sum / units;
        return new SampleMoments(units, offset + centred, units < 2 ? 0 : Math.Max(0, squares - sum * centred) / (units - 1));
    }

    private void DrawRatio(ref RandomStream random, ref SimulatedArm arm, double ratio, int units)
    {
        var (location, scale) = LogScale(ratio);
        for (var i = 0; i < units; i++)
        {
            double numerator = 0, denominator = 0;
            do
            {
                numerator += Math.Exp(location + scale * random.Normal());
                denominator++;
            }
            while (random.Uniform() < AnotherRequest);
            arm.Numerator += numerator;
            arm.Denominator += denominator;
            arm.NumeratorSquares += numerator * numerator;
            arm.DenominatorSquares += denominator * denominator;
            arm.Products += numerator * denominator;
        }
    }

    // One event per unit, log-normal, its quantile at the truth; ranks a little apart lie a little apart on the distribution.
    private QuantileArmMoments ReadQuantile(in SimulatedArm arm, double truth, double z)
    {
        double q = Metric.Quantile!.Value, n = arm.Units, shift = arm.Successes / n - q, error = Math.Sqrt(q * (1 - q) / n);
        var scale = StandardDeviation / Math.Abs(truth);
        double At(double rank)
        {
            var p = Math.Clamp(rank - shift, 0.5 / n, 1 - 0.5 / n);
            return truth * Math.Exp(scale * (StandardNormal.Quantile(p) - StandardNormal.Quantile(q)));
        }
        double low = q - z * error, high = q + z * error;
        return new QuantileArmMoments(arm.Units, arm.Units, At(q), error, low * n < 1 ? null : At(low), high >= 1 ? null : At(high));
    }

    // Of the log-normal distribution with this mean and the standard deviation.
    private (double Location, double Scale) LogScale(double mean)
    {
        var squared = Math.Log(1 + StandardDeviation / mean * (StandardDeviation / mean));
        return (Math.Log(mean) - squared / 2, Math.Sqrt(squared));
    }
}
