using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Analysis;

/// <summary>Draws unit by unit, where what is drawn of a unit depends on a covariate, on its other metrics, or on how alike its rows are.</summary>
/// <remarks>
/// A Gaussian copula: every metric of a unit has a standard normal z = c·x + √(1 − c²)·u, x the covariate's and u correlated with the other metrics';
/// a share is z against a threshold, a mean its quantile. c is set so that value and covariate correlate as wanted. Rows of a ratio or a quantile
/// follow √ρ·z + √(1 − ρ)·e with e of their own.
/// </remarks>
internal sealed class SimulatedUnits
{
    private readonly Draw[][][] _draws;
    private readonly double[,] _mixing;
    private readonly double[] _weights;
    private readonly bool[] _follows;
    private readonly int _covariates;
    private readonly double _alike;
    private readonly double? _another;
    private readonly double _ownShare;
    private readonly int[] _places;

    /// <param name="all">The metrics of the simulation.</param>
    /// <param name="places">Those of them that are drawn here.</param>
    /// <param name="covariates">How many the plan has; independent of each other, together they correlate as was said.</param>
    /// <param name="options">Correlations and rows.</param>
    /// <exception cref="ArgumentException">No distribution has such correlations; the message names the option.</exception>
    public SimulatedUnits(SimulatedMetric[] all, int[] places, int covariates, SimulationOptions options)
    {
        (_places, _covariates) = (places, covariates);
        SimulatedMetric[] metrics = [.. places.Select(p => all[p])];
        _follows = [.. metrics.Select(m => covariates > 0 && FollowsCovariates(m))];
        _weights = [.. metrics.Select((m, i) => _follows[i] ? CopulaScale.Weight(m, options.CovariateCorrelation) : 0)];
        _mixing = CopulaScale.Exchangeable(metrics.Length, options.MetricCorrelation);
        _alike = AlikeIn(metrics, covariates, options);
        _another = options.ClusterSize is { } size ? 1 - 1 / size : null;
        // Of the variance of a mean of so many rows: E[1/n] of a geometric n is p ln(1/p) / (1 − p).
        var inverse = _another is { } q && q > 0 ? (1 - q) * -Math.Log(1 - q) / q : 1;
        _ownShare = 1 / (_alike + (1 - _alike) * inverse);
        _draws = [.. metrics.Select((m, i) => m.Values.Select(cells => cells.Select(value => Draw.Of(m, value)).ToArray()).ToArray())];
    }

    /// <summary>True when nothing less will do.</summary>
    public static bool AreNeededFor(SimulatedMetric metric, int covariates, SimulationOptions options) =>
        (covariates > 0 && FollowsCovariates(metric)) || options.ClusterSize is not null || options.IntraclassCorrelation > 0 || options.MetricCorrelation != 0;

    /// <summary>What a covariate can adjust.</summary>
    public static bool FollowsCovariates(SimulatedMetric metric) => metric.Metric.Type != MetricType.Quantile;

    /// <summary>How alike one unit's rows are, on the normal scale.</summary>
    public static double AlikeIn(IEnumerable<SimulatedMetric> metrics, int covariates, SimulationOptions options) => options.IntraclassCorrelation
        ?? (metrics.Any(m => m.Metric.Type == MetricType.Ratio) && (covariates > 0 || options.MetricCorrelation != 0) ? 0.5 : 0);

    /// <summary>Adds units to one arm and cell.</summary>
    public void Add(ref RandomStream random, SimulatedArm[,,] arms, int variant, int cell, int units)
    {
        var count = _places.Length;
        Span<double> own = stackalloc double[count], x = stackalloc double[_covariates];
        if (units > 0)
            for (var m = 0; m < count; m++)
                if (_follows[m]) arms[_places[m], variant, cell].Covariates ??= new double[CovariateSums.Length(_covariates)];
        var scale = 1 / Math.Sqrt(Math.Max(1, _covariates));
        for (var unit = 0; unit < units; unit++)
        {
            double together = 0;
            for (var j = 0; j < x.Length; j++) together += x[j] = random.Normal();
            together *= scale;
            for (var m = 0; m < count; m++) own[m] = random.Normal();
            var rows = _another is { } another ? Rows(ref random, another) : 0;
            for (var m = 0; m < count; m++)
            {
                double u = 0;
                for (var k = 0; k <= m; k++) u += _mixing[m, k] * own[k];
                var c = _weights[m];
                AddUnit(ref random, ref arms[_places[m], variant, cell], _draws[m][variant][cell], c * together + Math.Sqrt(1 - c * c) * u, x, rows);
            }
        }
        foreach (var m in _places) arms[m, variant, cell].Units += units;
    }

    private void AddUnit(ref RandomStream random, ref SimulatedArm arm, in Draw draw, double z, ReadOnlySpan<double> x, int rows)
    {
        double value, denominator = 0;
        switch (draw.Type)
        {
            case MetricType.Proportion:
                value = z > draw.Threshold ? 1 : 0;
                arm.Successes += (long)value;
                break;
            case MetricType.Ratio or MetricType.Quantile:
                var count = rows > 0 ? rows : draw.Type == MetricType.Ratio ? Rows(ref random, SimulatedMetric.AnotherRow) : 1;
                double shared = Math.Sqrt(_alike) * z, left = Math.Sqrt(1 - _alike);
                value = 0;
                for (var i = 0; i < count; i++)
                {
                    // The only row of a unit is the unit.
                    var row = draw.Type == MetricType.Quantile && rows == 0 ? z : shared + left * random.Normal();
                    value += draw.Type == MetricType.Ratio ? Math.Exp(draw.Location + draw.Scale * row) : row <= draw.Threshold ? 1 : 0;
                }
                arm.Denominator += count;
                arm.DenominatorSquares += (double)count * count;
                arm.Products += value * count;
                denominator = count;
                arm.Numerator += value;
                arm.NumeratorSquares += value * value;
                break;
            default:
                value = draw.Scale > 0 ? Math.Exp(draw.Location + draw.Scale * z) - draw.Mean : draw.Deviation * z;
                // Units of many rows differ less; over all units the standard deviation is what was said.
                if (rows > 0) value *= Math.Sqrt((_alike + (1 - _alike) / rows) * _ownShare);
                value += draw.Mean - draw.Offset;
                arm.Numerator += value;
                arm.NumeratorSquares += value * value;
                break;
        }
        if (arm.Covariates is { } sums) CovariateSums.Add(sums, x, value, denominator);
    }

    private static int Rows(ref RandomStream random, double another)
    {
        var rows = 1;
        while (random.Uniform() < another) rows++;
        return rows;
    }

    /// <summary>One metric in one variant and cell. The threshold is that of a share or of the share below a quantile; the scale that of a log-normal, else 0.</summary>
    private readonly record struct Draw(MetricType Type, double Threshold, double Mean, double Offset, double Deviation, double Location, double Scale)
    {
        public static Draw Of(SimulatedMetric metric, double value) => metric.Metric.Type switch
        {
            MetricType.Proportion => new(MetricType.Proportion, CopulaScale.Threshold(1 - value), value, 0, 0, 0, 0),
            MetricType.Quantile => new(MetricType.Quantile, StandardNormal.Quantile(metric.Metric.Quantile!.Value), value, 0, 0, 0, 0),
            MetricType.Ratio => new(MetricType.Ratio, 0, value, 0, 0, metric.LogScale(value).Location, metric.LogScale(value).Scale),
            _ when metric.IsSkewed => new(MetricType.Mean, 0, value, metric.Values[0][0], 0, metric.LogScale(value).Location, metric.LogScale(value).Scale),
            _ => new(MetricType.Mean, 0, value, metric.Values[0][0], metric.StandardDeviation, 0, 0),
        };
    }
}
