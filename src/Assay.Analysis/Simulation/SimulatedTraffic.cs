using System.Collections.Immutable;
using Assay.Events;
using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Analysis;

/// <summary>Lets units arrive and reads them as a store would. Immutable; what has arrived is the caller's.</summary>
internal sealed class SimulatedTraffic
{
    private readonly Experiment _experiment;
    private readonly SimulatedMetric[] _metrics;
    private readonly SimulatedReading[] _readings;
    private readonly SimulatedUnits? _units;
    private readonly SimulatedCells _cells;
    private readonly double[] _shares;
    private readonly int[] _primaries;
    private readonly int[] _atOnce;

    public SimulatedTraffic(Experiment experiment, SimulatedMetric[] metrics, SimulatedCells cells, SimulationOptions options, double quantileZ)
    {
        (_experiment, _metrics, _cells) = (experiment, metrics, cells);
        _shares = [.. experiment.Variants.Select(v => v.Weight / experiment.Variants.Sum(x => x.Weight))];
        var covariates = experiment.Plan.Covariates.Length;
        int[] byUnit = [.. Enumerable.Range(0, metrics.Length).Where(m => SimulatedUnits.AreNeededFor(metrics[m], covariates, options))];
        _units = byUnit.Length > 0 ? new SimulatedUnits(metrics, byUnit, covariates, options) : null;
        _atOnce = [.. Enumerable.Range(0, metrics.Length).Except(byUnit)];
        _readings = [.. metrics.Select((metric, m) => new SimulatedReading(metric, byUnit.Contains(m), experiment.Plan, quantileZ))];
        _primaries = [.. Enumerable.Range(0, metrics.Length).Where(m => metrics[m].Role == MetricRole.Primary)];
    }

    public ImmutableArray<double> Shares => [.. _shares];

    /// <summary>Nobody yet.</summary>
    public Arrived Nobody() => new(new SimulatedArm[_metrics.Length, _shares.Length, _cells.All.Length], new long[_shares.Length, _cells.All.Length]);

    /// <summary>Units come as they are hashed: each to an arm by its share, whatever the others do.</summary>
    public void Arrive(ref RandomStream random, Arrived arrived, int coming)
    {
        var left = coming;
        double share = 1;
        for (var v = 0; v < _shares.Length; v++)
        {
            var here = v + 1 == _shares.Length ? left : (int)random.Binomial(left, Math.Min(1, _shares[v] / share));
            left -= here;
            share -= _shares[v];
            ToCells(ref random, arrived, v, here);
        }
    }

    /// <summary>As read for a report.</summary>
    public ExperimentMoments Read(Arrived arrived)
    {
        var metrics = ImmutableArray.CreateBuilder<MetricMoments>(_metrics.Length);
        for (var m = 0; m < _metrics.Length; m++) metrics.Add(Read(arrived, m, null));
        return new ExperimentMoments(null, Counts(arrived, null), metrics.MoveToImmutable(), Segments(arrived));
    }

    private ImmutableArray<SegmentMoments> Segments(Arrived arrived)
    {
        if (_cells.Attributes.IsEmpty) return [];
        var segments = ImmutableArray.CreateBuilder<SegmentMoments>();
        for (var a = 0; a < _cells.Attributes.Length; a++)
            foreach (var value in _cells.All.Select(c => c.Values[a]).Distinct())
            {
                bool[] within = [.. _cells.All.Select(c => c.Values[a] == value)];
                segments.Add(new SegmentMoments(_cells.Attributes[a], value, Counts(arrived, within), [.. _primaries.Select(m => Read(arrived, m, within))]));
            }
        return segments.ToImmutable();
    }

    private MetricMoments Read(Arrived arrived, int metric, bool[]? within)
    {
        var arms = ImmutableArray.CreateBuilder<MetricArmMoments>(_shares.Length);
        for (var v = 0; v < _shares.Length; v++)
        {
            var arm = default(SimulatedArm);
            for (var c = 0; c < _cells.All.Length; c++)
                if (within?[c] != false) arm.Add(arrived.Arms[metric, v, c]);
            arms.Add(_readings[metric].Of(arm, _experiment.Variants[v].Key, v));
        }
        var all = arms.MoveToImmutable();
        return new MetricMoments(_metrics[metric].Metric.Name, all, all);
    }

    private ImmutableArray<ArmUnits> Counts(Arrived arrived, bool[]? within)
    {
        var counts = ImmutableArray.CreateBuilder<ArmUnits>(_shares.Length);
        for (var v = 0; v < _shares.Length; v++)
        {
            long units = 0;
            for (var c = 0; c < _cells.All.Length; c++)
                if (within?[c] != false) units += arrived.Units[v, c];
            counts.Add(new ArmUnits(_experiment.Variants[v].Key, units, 0));
        }
        return counts.MoveToImmutable();
    }

    private void ToCells(ref RandomStream random, Arrived arrived, int variant, int coming)
    {
        var left = coming;
        double share = 1;
        for (var c = 0; c < _cells.All.Length; c++)
        {
            var here = c + 1 == _cells.All.Length ? left : (int)random.Binomial(left, Math.Clamp(_cells.All[c].Share / share, 0, 1));
            left -= here;
            share -= _cells.All[c].Share;
            arrived.Units[variant, c] += here;
            _units?.Add(ref random, arrived.Arms, variant, c, here);
            foreach (var m in _atOnce) _metrics[m].Draw(ref random, ref arrived.Arms[m, variant, c], variant, c, here);
        }
    }

    /// <summary>Who came so far, by metric, variant and cell.</summary>
    internal sealed record Arrived(SimulatedArm[,,] Arms, long[,] Units);
}
