using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Analysis;

/// <summary>What is true of one metric, and how its units are drawn when nothing ties them to another metric: many at once, as the sums that a store would read.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Role">Its role; of several the first.</param>
/// <param name="Values">The truth per variant and cell, in their orders.</param>
/// <param name="StandardDeviation">Of one unit (one event of a quantile or ratio).</param>
/// <param name="IsSkewed">Log-normal instead of normal.</param>
internal sealed record SimulatedMetric(Metric Metric, MetricRole Role, double[][] Values, double StandardDeviation, bool IsSkewed)
{
    /// <summary>Rows per unit of a ratio: one, and more with this chance each.</summary>
    public const double AnotherRow = 0.5;

    /// <summary>Adds units to an arm.</summary>
    public void Draw(ref RandomStream random, ref SimulatedArm arm, int variant, int cell, int units)
    {
        if (units == 0) return;
        var value = Values[variant][cell];
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

    /// <summary>Location and scale of the log-normal distribution with this mean and the standard deviation.</summary>
    public (double Location, double Scale) LogScale(double mean)
    {
        var squared = Math.Log(1 + StandardDeviation / mean * (StandardDeviation / mean));
        return (Math.Log(mean) - squared / 2, Math.Sqrt(squared));
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
            while (random.Uniform() < AnotherRow);
            arm.Numerator += numerator;
            arm.Denominator += denominator;
            arm.NumeratorSquares += numerator * numerator;
            arm.DenominatorSquares += denominator * denominator;
            arm.Products += numerator * denominator;
        }
    }
}
