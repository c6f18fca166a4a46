namespace Assay.Statistics;

/// <summary>Beliefs of several treatments against one control of which nothing is assumed: given the control's error u they are independent normals.</summary>
/// <remarks>d_k = δ_k + e_k − u with u ~ N(0, v₀) flat in the control's mean, e_k ~ N(0, v_k), δ_k ~ N(m, s²). On the scale on which the control's estimate is 0,
/// the control's mean is u ~ N(μ, 1/P), P = 1/v₀ + Σ 1/(s² + v_k), and the treatment's given u has precision 1/v_k + 1/s².</remarks>
internal sealed class SharedControlBelief
{
    private const double Reach = 10;
    private readonly double _mean, _deviation, _priorMean, _priorPrecision;
    private readonly double[] _values, _precisions, _deviations;

    private SharedControlBelief(double controlVariance, ReadOnlySpan<MeanEstimate> differences, NormalPrior prior)
    {
        (_priorMean, _priorPrecision) = (prior.Mean, prior.Precision);
        (_values, _precisions, _deviations) = (new double[differences.Length], new double[differences.Length], new double[differences.Length]);
        double pull = 0, total = 0;
        for (var k = 0; k < differences.Length; k++)
        {
            var own = differences[k].StandardError * differences[k].StandardError - controlVariance;
            (_values[k], _precisions[k]) = (differences[k].Value, 1 / own);
            _deviations[k] = Math.Sqrt(1 / (_precisions[k] + _priorPrecision));
            // Without a prior a treatment says nothing of the control.
            var weight = _priorPrecision == 0 ? 0 : 1 / (1 / _priorPrecision + own);
            (pull, total) = (pull + (_values[k] - _priorMean) * weight, total + weight);
        }
        (_mean, _deviation) = controlVariance == 0 ? (0, 0) : (pull / (1 / controlVariance + total), Math.Sqrt(1 / (1 / controlVariance + total)));
    }

    public static SharedControlBelief Of(double controlVariance, ReadOnlySpan<MeanEstimate> differences, NormalPrior prior) => new(controlVariance, differences, prior);

    public IReadOnlyList<BestNormal> Arms()
    {
        var best = new double[_values.Length + 1];
        var loss = new double[_values.Length + 1];
        double[] effects = new double[_values.Length], spreads = new double[_values.Length];
        for (var k = 0; k < effects.Length; k++)
        {
            var slope = -_precisions[k] / (_precisions[k] + _priorPrecision);
            effects[k] = Given(k, _mean) - _mean;
            spreads[k] = double.Hypot(_deviations[k], slope * _deviation);
        }
        if (_values.Length == 1)
        {
            var (control, treatment) = NormalNormal.ExpectedLoss(effects[0], spreads[0]);
            var better = StandardNormal.Cdf(effects[0] / spreads[0]);
            return [new(0, 0, 1 - better, control), new(effects[0], spreads[0], better, treatment)];
        }
        for (var k = 0; k <= _values.Length; k++)
        {
            var arm = k;
            loss[k] = Average(u => LossGiven(arm - 1, u));
            best[k] = Average(u => BestGiven(arm - 1, u));
        }
        var sum = best.Sum();
        return [new(0, 0, best[0] / sum, loss[0]), .. effects.Select((effect, k) => new BestNormal(effect, spreads[k], best[k + 1] / sum, loss[k + 1]))];
    }

    private double Given(int k, double u) => (_values[k] * _precisions[k] + (u + _priorMean) * _priorPrecision) / (_precisions[k] + _priorPrecision);

    private double[] GivenAll(double u) => [.. Enumerable.Range(0, _values.Length).Select(k => Given(k, u))];

    private double Average(Func<double, double> function) => _deviation == 0 ? function(_mean)
        : Quadrature.Integrate((-Reach, Reach, Math.Min(1, 2 * _deviations.Min() / _deviation)), z => Math.Exp(-z * z / 2) * function(_mean + _deviation * z)) / Math.Sqrt(2 * Math.PI);

    private double BestGiven(int k, double u)
    {
        var means = GivenAll(u);
        if (k < 0) return NormalArms.Others(means, _deviations, -1, u);
        double low = Math.Max(u, means[k] - Reach * _deviations[k]), high = means[k] + Reach * _deviations[k];
        return high <= low ? 0 : Quadrature.Integrate((low, high, _deviations.Min()), x =>
        {
            var z = (x - means[k]) / _deviations[k];
            return Math.Exp(-z * z / 2) * NormalArms.Others(means, _deviations, k, x);
        }) / (_deviations[k] * Math.Sqrt(2 * Math.PI));
    }

    private double LossGiven(int k, double u)
    {
        var means = GivenAll(u);
        var (largest, excess) = NormalArms.Largest(means, _deviations, u);
        return excess + (largest - (k < 0 ? u : means[k]));
    }
}
