using System.Collections.Immutable;
using Assay.Events;
using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Analysis;

/// <summary>One plan made ready to be run many times. Immutable; safe to share between threads.</summary>
internal sealed class PlanSimulation
{
    private static readonly ImmutableDictionary<string, string> NoComplements = ImmutableDictionary<string, string>.Empty;
    private readonly SequentialPlan _plan;
    private readonly SimulationCoverage _coverage;
    private readonly ImmutableArray<SimulatedMetric> _metrics;
    private readonly double[] _shares;
    private readonly double _naive;
    private readonly double _quantileZ;
    private readonly double _effect;

    public PlanSimulation(Experiment experiment, SimulationOptions options)
    {
        if (!experiment.MetricsOf(MetricRole.Primary).Any()) throw new ArgumentException($"{experiment.Key} has no primary metric: metrics.primary");
        Notes = [.. Left(experiment)];
        // What decides nothing, or cannot be drawn without more being said, stays out.
        Experiment = experiment with
        {
            Metrics = [.. experiment.Metrics.Where(m => m.Role == MetricRole.Primary || experiment.Guardrails.Any(g => g.Metric == m.Metric.Name && g.HasLimit))],
            Segments = [],
            Plan = experiment.Plan with { MinimumDays = 0, BurnIn = default, Covariates = [], Strata = [] },
        };
        _plan = SequentialPlan.Of(Experiment);
        (_metrics, Assumptions) = SimulatedTruth.Of(Experiment, options);
        PlannedUnits = _plan.PlannedUnits ?? options.Units ?? throw new ArgumentException(
            $"{experiment.Key}: the plan has no size (it needs plan.minimumEffect, and plan.baseline for a proportion or plan.sd for a mean): say how many units with --units");
        if (options.Units is { } units && units != PlannedUnits) throw new ArgumentException($"the plan asks for {PlannedUnits} units; --units is for plans that ask for none");
        if (_plan.PlannedUnits is null && experiment.Plan.Looks.Length > 1) throw new ArgumentException($"{experiment.Key}: a plan with looks needs a size: plan.minimumEffect, and plan.baseline for a proportion or plan.sd for a mean");
        Ends = [.. Enumerable.Range(1, _plan.Fractions.Length).Select(k => _plan.UnitsAt(k) ?? PlannedUnits)];
        if (Ends[0] < 2 * experiment.Variants.Length) throw new ArgumentException($"the first look would have {Ends[0]} units in {experiment.Variants.Length} arms: too few to simulate");
        _shares = [.. Experiment.Variants.Select(v => v.Weight / Experiment.Variants.Sum(x => x.Weight))];
        _coverage = new SimulationCoverage(_plan);
        _quantileZ = StandardNormal.Critical(Experiment.Plan.Alpha);
        var comparisons = Experiment.MetricsOf(MetricRole.Primary).Count() * (Experiment.Variants.Length - 1);
        _naive = StandardNormal.Critical(Experiment.Plan.Alpha / comparisons);
        _effect = Experiment.MetricsOf(MetricRole.Primary).First().Metric.Better == Direction.Higher ? options.Effect : -options.Effect;
    }

    public Experiment Experiment { get; }
    public long PlannedUnits { get; }

    /// <summary>Units in all arms at each look.</summary>
    public ImmutableArray<long> Ends { get; }

    public ImmutableArray<double> Fractions => _plan.Fractions;
    public ImmutableArray<double> Shares => [.. _shares];
    public ImmutableArray<Assumption> Assumptions { get; }
    public ImmutableArray<string> Notes { get; }

    /// <summary>The |z| to reach at each look by a comparison that shares alpha with all others.</summary>
    public IEnumerable<double?> CriticalValues()
    {
        if (!_plan.HasLooks) return [_naive];
        var comparisons = Experiment.MetricsOf(MetricRole.Primary).Count() * (Experiment.Variants.Length - 1);
        return Enumerable.Range(1, Ends.Length).Select(look =>
        {
            ImmutableArray<LookRecord> looks = [.. Enumerable.Range(1, look).Select(k => new LookRecord
            {
                Look = k, Fraction = (double)Ends[k - 1] / PlannedUnits, MaturedUnits = Ends[k - 1], DataUntil = null, IsLast = k == Ends.Length,
            })];
            var critical = _plan.Boundary(looks, Experiment.Plan.Alpha / comparisons).Critical;
            return double.IsFinite(critical) ? (double?)critical : null;
        });
    }

    /// <summary>One experiment from the first unit to its decision.</summary>
    public SimulatedRun Run(ref RandomStream random)
    {
        var arms = new SimulatedArm[_metrics.Length, _shares.Length];
        var units = new long[_shares.Length];
        ImmutableArray<LookRecord> history = [];
        var peeked = false;
        for (var look = 1; ; look++)
        {
            Arrive(ref random, arms, units, (int)(Ends[look - 1] - (look == 1 ? 0 : Ends[look - 2])));
            var moments = Read(arms, units);
            var options = new ReportOptions { IsFinal = look == Ends.Length, Looks = history, RemembersLooks = true, Sequential = _plan };
            peeked |= _plan.Statistics(moments.Metrics.ToDictionary(m => m.Metric), NoComplements, _quantileZ).Any(s => s.Z is { } z && Math.Abs(z) >= _naive);
            if (!_plan.HasLooks) return OneLook(ReportBuilder.Build(Experiment, moments, options), units.Sum(), peeked);
            var decided = PlanDecider.Decide(_plan, moments, options);
            history = decided.Looks;
            if (options.IsFinal || decided.Ends) return new SimulatedRun(decided.Decision, look, CrossedAt(history), units.Sum(), _coverage.Of(history, moments, _effect), peeked);
        }
    }

    // Without looks the report's interval decides, and not always as the p-value does.
    private SimulatedRun OneLook(Report report, long units, bool peeked)
    {
        var primaries = report.Metrics.Where(row => row.Role == "primary").ToArray();
        var crossed = primaries.Any(row => row.Interval is { } interval && (interval.Low > 0 || interval.High < 0));
        return new SimulatedRun(report.Verdict.Decision, 1, crossed ? 1 : 0, units, primaries[0].Interval is { } i ? _effect >= (i.Low ?? double.NegativeInfinity) && _effect <= (i.High ?? double.PositiveInfinity) : null, peeked);
    }

    // Units come as they are hashed: each to an arm by its share, whatever the others do.
    private void Arrive(ref RandomStream random, SimulatedArm[,] arms, long[] units, int coming)
    {
        var left = coming;
        double share = 1;
        for (var v = 0; v < _shares.Length; v++)
        {
            var here = v + 1 == _shares.Length ? left : (int)random.Binomial(left, Math.Min(1, _shares[v] / share));
            left -= here;
            share -= _shares[v];
            units[v] += here;
            for (var m = 0; m < _metrics.Length; m++) _metrics[m].Draw(ref random, ref arms[m, v], v, here);
        }
    }

    private ExperimentMoments Read(SimulatedArm[,] arms, long[] units)
    {
        var metrics = ImmutableArray.CreateBuilder<MetricMoments>(_metrics.Length);
        for (var m = 0; m < _metrics.Length; m++)
        {
            var read = ImmutableArray.CreateBuilder<MetricArmMoments>(units.Length);
            for (var v = 0; v < units.Length; v++) read.Add(_metrics[m].Read(arms[m, v], Experiment.Variants[v].Key, v, _quantileZ));
            var all = read.MoveToImmutable();
            metrics.Add(new MetricMoments(_metrics[m].Metric.Name, all, all));
        }
        var counts = ImmutableArray.CreateBuilder<ArmUnits>(units.Length);
        for (var v = 0; v < units.Length; v++) counts.Add(new ArmUnits(Experiment.Variants[v].Key, units[v], 0));
        return new ExperimentMoments(null, counts.MoveToImmutable(), metrics.MoveToImmutable(), []);
    }

    private static int CrossedAt(ImmutableArray<LookRecord> history)
    {
        foreach (var record in history)
            if (record.Comparisons.Any(c => c.IsCrossed)) return record.Look;
        return 0;
    }

    private static IEnumerable<string> Left(Experiment experiment)
    {
        if (experiment.MetricsOf(MetricRole.Secondary).Any()) yield return "secondary metrics decide nothing and are not simulated";
        if (experiment.Segments.Any(s => !s.Critical.IsEmpty)) yield return "critical segments are not simulated: with them a variant may be held more often";
        if (!experiment.Plan.Covariates.IsEmpty) yield return "the covariate is not simulated: with it intervals are at most as wide";
        if (!experiment.Plan.Strata.IsEmpty) yield return "the strata are not simulated: with them intervals are at most as wide";
        if (experiment.MetricsOf(MetricRole.Guardrail).Any(m => experiment.Guardrails.All(g => g.Metric != m.Metric.Name || !g.HasLimit)))
            yield return "guardrails without a limit can only warn and are not simulated";
        if (experiment.Metrics.Length > 1) yield return "metrics are drawn independently of each other";
    }
}
