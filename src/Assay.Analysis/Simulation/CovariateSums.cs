using System.Collections.Immutable;
using Assay.Events;
using Assay.Experiments;

namespace Assay.Analysis;

/// <summary>Sums of k covariates in one row of numbers: of each, of the products of each two up to the diagonal, of each with the value (numerator), of each with the denominator.</summary>
internal static class CovariateSums
{
    public static int Length(int covariates) => 3 * covariates + covariates * (covariates + 1) / 2;

    /// <summary>Adds one unit.</summary>
    public static void Add(double[] sums, ReadOnlySpan<double> covariates, double value, double denominator)
    {
        int k = covariates.Length, next = k;
        for (var i = 0; i < k; i++)
        {
            sums[i] += covariates[i];
            for (var j = 0; j <= i; j++) sums[next++] += covariates[i] * covariates[j];
        }
        for (var i = 0; i < k; i++)
        {
            sums[next + i] += covariates[i] * value;
            sums[next + k + i] += covariates[i] * denominator;
        }
    }

    /// <summary>As a store would read them; nothing is missing, so every mark is 0.</summary>
    /// <param name="sums">Of 2 units or more.</param>
    /// <param name="plan">Names the covariates.</param>
    /// <param name="units">How many.</param>
    /// <param name="value">Sum of the values.</param>
    /// <param name="denominator">Sum of the denominators; null for what is no ratio.</param>
    public static CovariateMoments Read(double[] sums, AnalysisPlan plan, double units, double value, double? denominator)
    {
        var k = plan.Covariates.Length;
        var covariances = new double[k * (2 * k + 1)];
        var next = k;
        for (var i = 0; i < k; i++)
            for (var j = 0; j <= i; j++) covariances[i * (i + 1) / 2 + j] = Covariance(sums[next++], sums[i], sums[j]);
        return new CovariateMoments
        {
            Names = [.. plan.Covariates.Select(c => c.Name)],
            Missing = [.. new long[k]],
            Means = [.. sums[..k].Select(s => s / units)],
            Covariances = ImmutableArray.Create(covariances),
            WithValue = With(next, value),
            WithDenominator = denominator is { } d ? With(next + k, d) : [],
            Theta = plan.Theta,
        };

        ImmutableArray<double> With(int from, double sum)
        {
            var all = new double[2 * k];
            for (var i = 0; i < k; i++) all[i] = Covariance(sums[from + i], sums[i], sum);
            return ImmutableArray.Create(all);
        }

        double Covariance(double products, double a, double b) => (products - a / units * b) / (units - 1);
    }
}
