using Assay.Events;
using Assay.Experiments;

namespace Assay.Analysis;

/// <summary>Compares one metric between arms that somebody else has drawn, by the method that a report would use; nothing is adjusted by covariates or strata.</summary>
internal sealed class UnitComparison
{
    private readonly Experiment _experiment;
    private readonly Metric _metric;
    private readonly UnitValue[] _values;
    private readonly double _centre;
    private readonly SimulatedReading _reading;
    private readonly double _quantileZ;

    /// <param name="experiment">Variants and alpha.</param>
    /// <param name="metric">No quantile.</param>
    /// <param name="values">One per unit, in the order in which units are added.</param>
    /// <exception cref="ArgumentException">The metric is a quantile.</exception>
    public UnitComparison(Experiment experiment, Metric metric, UnitValue[] values)
    {
        if (metric.Type == MetricType.Quantile) throw new ArgumentException($"{metric.Name} is a quantile of events, not a value of units: A/A comparisons need a share, a mean or a ratio");
        (_experiment, _metric, _values) = (experiment, metric, values);
        _quantileZ = Statistics.StandardNormal.Critical(experiment.Plan.Alpha);
        // What is far from 0 keeps its digits when it is counted from its centre.
        _centre = metric.Type is MetricType.Mean or MetricType.Count && values.Any(v => v.Value is not null) ? values.Where(v => v.Value is not null).Average(v => v.Value!.Value) : 0;
        _reading = new SimulatedReading(new SimulatedMetric(metric, MetricRole.Primary, [[_centre]], 0, false), isByUnit: true, experiment.Plan, _quantileZ);
    }

    public Metric Metric => _metric;

    public SimulatedArm[] Arms() => new SimulatedArm[_experiment.Variants.Length];

    public void Add(SimulatedArm[] arms, int variant, int unit)
    {
        if (_values[unit] is not { Value: { } value } read) return;
        ref var arm = ref arms[variant];
        arm.Units++;
        if (_metric.Type == MetricType.Proportion)
        {
            if (value != 0) arm.Successes++;
            return;
        }
        var y = value - _centre;
        arm.Numerator += y;
        arm.NumeratorSquares += y * y;
        if (read.Denominator is not { } x) return;
        arm.Denominator += x;
        arm.DenominatorSquares += x * x;
        arm.Products += y * x;
    }

    /// <summary>Per treatment against the control; null where nothing can be estimated.</summary>
    public double?[] PValues(SimulatedArm[] arms)
    {
        var read = arms.Select((arm, v) => _reading.Of(arm, _experiment.Variants[v].Key, 0)).ToArray();
        return [.. read.Skip(1).Select(treatment => EffectEstimator.Estimate(_metric, read[0], treatment, _experiment.Plan.Alpha, _quantileZ).PValue)];
    }
}
