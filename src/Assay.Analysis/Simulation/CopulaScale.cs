using System.Globalization;
using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Analysis;

/// <summary>From correlations of values to those of the normal variables that they are drawn from.</summary>
internal static class CopulaScale
{
    /// <summary>The correlation with a normal covariate that gives a primary's values the wanted one. Other metrics, and what the rows of a ratio share, take it as it is.</summary>
    /// <exception cref="ArgumentException">No such metric correlates so much.</exception>
    public static double Weight(SimulatedMetric metric, double correlation)
    {
        if (metric.Role != MetricRole.Primary) return correlation;
        var value = metric.Values[0][0];
        var weight = metric.Metric.Type switch
        {
            // Cov(1{z > t}, x) = c φ(t).
            MetricType.Proportion when value is > 0 and < 1 => correlation * Math.Sqrt(value * (1 - value)) / Density(Threshold(1 - value)),
            MetricType.Proportion => 0,
            // Cov(exp(s z), x) = c s exp(s² / 2).
            MetricType.Mean or MetricType.Count when metric.IsSkewed && metric.LogScale(value).Scale is var s => correlation * Math.Sqrt(Math.Exp(s * s) - 1) / s,
            _ => correlation,
        };
        return Math.Abs(weight) < 1 ? weight : throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
            $"a covariate cannot correlate by {correlation} with {metric.Metric.Name}: at most by {Math.Abs(correlation / weight):0.00}, for a value that is {(metric.Metric.Type == MetricType.Proportion ? "yes or no" : "so skewed")} (--covariate-correlation)"));
    }

    /// <summary>Lower-triangular square root of the matrix with the same correlation everywhere.</summary>
    /// <exception cref="ArgumentException">So many variables cannot correlate so.</exception>
    public static double[,] Exchangeable(int variables, double correlation)
    {
        if (variables > 1 && !(correlation < 1 && correlation > -1.0 / (variables - 1))) throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
            $"{variables} metrics cannot all correlate by {correlation}: above {-1.0 / (variables - 1):0.00} and below 1"));
        var root = new double[variables, variables];
        for (var i = 0; i < variables; i++)
            for (var j = 0; j <= i; j++)
            {
                var left = i == j ? 1 : correlation;
                for (var k = 0; k < j; k++) left -= root[i, k] * root[j, k];
                root[i, j] = i == j ? Math.Sqrt(left) : left / root[j, j];
            }
        return root;
    }

    public static double Threshold(double below) => below <= 0 ? double.NegativeInfinity : below >= 1 ? double.PositiveInfinity : StandardNormal.Quantile(below);

    private static double Density(double z) => Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI);
}
