using Assay.Events;
using Assay.Experiments;
using Assay.Statistics;
using Assay.Storage;

namespace Assay.Cli.Stats;

/// <summary>From a pilot's rows, or its moments, to the spread that a size is planned by.</summary>
internal static class PilotMath
{
    private const double Alpha = 0.05;

    /// <exception cref="UsageException">The rows cannot carry it; the message says why.</exception>
    public static PilotSpread Of(MetricType type, double quantile, PilotRows rows)
    {
        double[] values = [.. rows.Values];
        if (values.Length < 2) throw new UsageException($"--pilot holds {values.Length} values; a spread needs at least 2");
        return type switch
        {
            MetricType.Ratio => OfRatio(values, [.. rows.Denominators!]),
            MetricType.Quantile => OfQuantile(quantile, values, rows.Clusters is { } own ? [.. own] : [.. Enumerable.Range(0, values.Length)]),
            _ => OfMean(type == MetricType.Proportion, values, rows),
        };
    }

    /// <exception cref="UsageException">The moments cannot carry it; the message says why.</exception>
    public static PilotSpread Of(Metric metric, MetricArmMoments arm, double? skewness, double intervalZ)
    {
        if (arm.Units < 2) throw new UsageException($"--pilot: {arm.Units} units of the control have a value of {metric.Name}; a spread needs at least 2");
        switch (metric.Type)
        {
            case MetricType.Proportion:
                return Proportion(arm.Units, arm.Mean) with { Skewness = skewness };
            case MetricType.Quantile:
                var q = arm.Quantile ?? throw new UsageException($"--pilot holds no event of {metric.Name}");
                if (q.Low is not { } low || q.High is not { } high) throw new UsageException($"--pilot: too few events to bound {metric.Name}");
                return Quantile(new QuantileMoments(metric.Quantile ?? 0.5, q.Events, q.Units, q.Value, low, high, intervalZ));
            case MetricType.Ratio:
                var moments = new RatioMoments(arm.Units, arm.Mean, arm.DenominatorMean, arm.Variance, arm.DenominatorVariance, arm.Covariance);
                return Moments(arm.Units, arm.Mean / arm.DenominatorMean, Value(UnitVariance.OfRatio(moments)), skewness);
            default:
                if (arm.Variance == 0) throw new UsageException($"--pilot: all values of {metric.Name} are the same, so nothing can be planned from them");
                return Moments(arm.Units, arm.Mean, arm.Variance, skewness);
        }
    }

    // Without the values their fourth moment is not known; that of a gamma distribution with the same skewness stands in.
    private static PilotSpread Moments(long units, double baseline, double variance, double? skewness) => new(units, baseline, variance)
    {
        Skewness = skewness,
        VarianceInterval = skewness is { } s && VarianceInterval.OfMoments(units, variance, 3 + 1.5 * s * s, Alpha) is { IsEstimable: true, Value: var interval } ? interval : null,
    };

    private static PilotSpread OfMean(bool isProportion, double[] values, PilotRows rows)
    {
        var moments = SampleMoments.FromValues(values);
        if (isProportion && Array.Exists(values, v => v is < 0 or > 1)) throw new UsageException("--pilot: a share needs values of 0 and 1 (or TRUE and FALSE)");
        if (moments.Variance == 0) throw new UsageException("--pilot: all its values are the same, so nothing can be planned from them");
        var spread = isProportion ? Proportion(values.Length, moments.Mean) : new PilotSpread(values.Length, moments.Mean, moments.Variance)
        {
            VarianceInterval = VarianceInterval.Of(values, Alpha) is { IsEstimable: true, Value: var interval } ? interval : null,
        };
        spread = spread with { Skewness = Skewness(values, moments) };
        if (rows.Covariates is { } covariates) spread = Adjusted(spread, values, covariates);
        return rows.Clusters is { } clusters ? Clustered(spread, values, [.. clusters]) : spread;
    }

    private static PilotSpread Proportion(long units, double baseline) => new(units, baseline, baseline * (1 - baseline)) { IsProportion = true };

    private static PilotSpread OfRatio(double[] numerators, double[] denominators)
    {
        var moments = RatioMoments.FromValues(numerators, denominators);
        var variance = Value(UnitVariance.OfRatio(moments));
        var ratio = moments.MeanNumerator / moments.MeanDenominator;
        double[] residuals = [.. numerators.Zip(denominators, (y, x) => (y - ratio * x) / moments.MeanDenominator)];
        return new PilotSpread(numerators.Length, ratio, variance)
        {
            Skewness = Skewness(residuals, SampleMoments.FromValues(residuals)),
            VarianceInterval = VarianceInterval.Of(residuals, Alpha) is { IsEstimable: true, Value: var interval } ? interval : null,
        };
    }

    private static PilotSpread OfQuantile(double quantile, double[] values, long[] units) =>
        Quantile(Value(QuantileInterval.FromValues(values, units, quantile, Alpha)));

    private static PilotSpread Quantile(QuantileMoments moments) => new(moments.Units, moments.Estimate, Value(UnitVariance.OfQuantile(moments)))
    {
        VarianceInterval = VarianceInterval.OfQuantile(moments, Alpha) is { IsEstimable: true, Value: var interval } ? interval : null,
    };

    private static PilotSpread Clustered(PilotSpread spread, double[] values, long[] clusters)
    {
        var likeness = Value(DesignEffect.Estimate(values, clusters, Alpha));
        double[] sizes = [.. clusters.GroupBy(c => c).Select(g => (double)g.Count())];
        var size = SampleMoments.FromValues(sizes);
        // Of the clusters there are, not of a sample of them: as the design effect of the pilot itself counts them.
        var variation = Math.Sqrt(size.Variance * (sizes.Length - 1) / sizes.Length) / size.Mean;
        return spread with
        {
            IntraclassCorrelation = likeness.IntraclassCorrelation,
            MeanClusterSize = size.Mean,
            DesignEffect = UnitVariance.Clustered(1, Math.Clamp(likeness.IntraclassCorrelation, -1, 1), size.Mean, variation),
        };
    }

    private static PilotSpread Adjusted(PilotSpread spread, double[] values, IReadOnlyList<double?> covariates)
    {
        double[] known = [.. covariates.OfType<double>()];
        if (known.Length < 2) throw new UsageException("--covariate: fewer than 2 rows of the pilot have a value there");
        // As the analysis does: the mean stands in for what is missing.
        var mean = known.Average();
        var both = RatioMoments.FromValues(values, [.. covariates.Select(c => c ?? mean)]);
        if (both.VarianceDenominator == 0) throw new UsageException("--covariate: all its values are the same, so it explains nothing");
        var correlation = both.Covariance / Math.Sqrt(both.VarianceNumerator * both.VarianceDenominator);
        if (Math.Abs(correlation) > 1 - 1e-9) throw new UsageException("--covariate: it repeats the outcome exactly; was it really known before the experiment?");
        var left = UnitVariance.Adjusted(1, correlation);
        return spread with
        {
            Correlation = correlation,
            Variance = spread.Variance * left,
            VarianceInterval = spread.VarianceInterval is { } interval ? new Interval(interval.Low * left, interval.High * left) : null,
        };
    }

    private static double? Skewness(double[] values, SampleMoments moments)
    {
        if (moments.Variance == 0) return null;
        var deviation = Math.Sqrt(moments.Variance * (values.Length - 1) / values.Length);
        return values.Sum(v => Math.Pow((v - moments.Mean) / deviation, 3)) / values.Length;
    }

    private static T Value<T>(Estimated<T> estimated) =>
        estimated.IsEstimable ? estimated.Value : throw new UsageException($"--pilot: {estimated.Reason}");
}
