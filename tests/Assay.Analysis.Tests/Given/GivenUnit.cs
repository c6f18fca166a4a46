using System.Collections.Immutable;
using Assay.Events;
using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Analysis.Tests;

/// <summary>One unit: its value (numerator and denominator), what was known of it before, and its stratum.</summary>
internal sealed record GivenUnit(double Value, double Denominator, ImmutableArray<double?> Covariates, string? Stratum)
{
    /// <summary>An arm as a store would read it, with covariates where the units have them, and with strata where they have those, which an earlier look may have fixed.</summary>
    public static MetricArmMoments Arm(string variant, MetricType type, ReadOnlySpan<GivenUnit> units, ImmutableArray<ImmutableArray<string?>>? strata = null)
    {
        double[] Column(ReadOnlySpan<GivenUnit> of, Func<GivenUnit, double> value)
        {
            var column = new double[of.Length];
            for (var i = 0; i < column.Length; i++) column[i] = value(of[i]);
            return column;
        }
        var y = Column(units, u => u.Value);
        var isRatio = type == MetricType.Ratio;
        var moments = SampleMoments.FromValues(y);
        var arm = new MetricArmMoments
        {
            Variant = variant,
            Units = units.Length,
            Matured = units.Length,
            Answered = units.Length,
            Mean = moments.Mean,
            Variance = moments.Variance,
            Successes = type == MetricType.Proportion ? (long)Math.Round(y.Sum()) : 0,
            NonZeroDenominators = units.Length,
        };
        if (isRatio)
        {
            var ratio = RatioMoments.FromValues(y, Column(units, u => u.Denominator));
            arm = arm with { DenominatorMean = ratio.MeanDenominator, DenominatorVariance = ratio.VarianceDenominator, Covariance = ratio.Covariance };
        }
        if (units.Length > 0 && units[0].Covariates.Length is var count and > 0)
        {
            var columns = new List<double[]> { y };
            if (isRatio) columns.Add(Column(units, u => u.Denominator));
            var first = columns.Count;
            for (var j = 0; j < count; j++) columns.Add(Column(units, u => u.Covariates[j] ?? 0));
            for (var j = 0; j < count; j++) columns.Add(Column(units, u => u.Covariates[j] is null ? 1 : 0));
            var joint = JointMoments.FromColumns([.. columns]);
            arm = arm with
            {
                Covariate = new CovariateMoments
                {
                    Names = [.. Enumerable.Range(0, count).Select(j => "x" + j)],
                    Missing = [.. Enumerable.Range(0, count).Select(j => (long)Math.Round(columns[first + count + j].Sum()))],
                    Means = [.. Enumerable.Range(0, count).Select(j => joint.Mean(first + j))],
                    Covariances = [.. Enumerable.Range(0, 2 * count).SelectMany(i => Enumerable.Range(0, i + 1).Select(j => joint.Covariance(first + i, first + j)))],
                    WithValue = [.. Enumerable.Range(0, 2 * count).Select(i => joint.Covariance(0, first + i))],
                    WithDenominator = isRatio ? [.. Enumerable.Range(0, 2 * count).Select(i => joint.Covariance(1, first + i))] : [],
                },
            };
        }
        if (units.Length == 0 || units[0].Stratum is null) return arm;
        return arm with
        {
            Strata = [.. units.ToArray().GroupBy(u => strata is null || strata.Value.Any(s => s[0] == u.Stratum) ? u.Stratum : null).Select(g =>
            {
                var r = RatioMoments.FromValues([.. g.Select(u => u.Value)], [.. g.Select(u => u.Denominator)]);
                return new StratumMoments(g.Key is null ? [] : [g.Key])
                {
                    Units = r.N, Mean = r.MeanNumerator, Variance = r.VarianceNumerator, DenominatorMean = r.MeanDenominator, DenominatorVariance = r.VarianceDenominator, Covariance = r.Covariance,
                };
            })],
        };
    }
}
