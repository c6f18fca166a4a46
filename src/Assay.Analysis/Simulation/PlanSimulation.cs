using System.Collections.Immutable;
using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Analysis;

/// <summary>One plan made ready to be run many times. Immutable; safe to share between threads.</summary>
internal sealed class PlanSimulation
{
    private static readonly ImmutableDictionary<string, string> NoComplements = ImmutableDictionary<string, string>.Empty;
    private readonly SequentialPlan _plan;
    private readonly SimulationCoverage _coverage;
    private readonly SimulatedTraffic _traffic;
    private readonly double _naive;
    private readonly double _quantileZ;

    public PlanSimulation(Experiment experiment, SimulationOptions options)
    {
        if (!experiment.MetricsOf(MetricRole.Primary).Any()) throw new ArgumentException($"{experiment.Key} has no primary metric: metrics.primary");
        // What decides nothing, or cannot be drawn without more being said, stays out.
        Experiment = experiment with
        {
            Metrics = [.. experiment.Metrics.Where(m => m.Role != MetricRole.Guardrail || experiment.Guardrails.Any(g => g.Metric == m.Metric.Name && g.HasLimit))],
            Plan = experiment.Plan with { MinimumDays = 0, BurnIn = default, Strata = [], Bayesian = null },
        };
        Cells = SimulatedCells.Of(Experiment, options);
        Experiment = Experiment with { Segments = [.. Experiment.Segments.Where(s => Cells.Attributes.Contains(s.Attribute))] };
        _plan = SequentialPlan.Of(Experiment);
        (var metrics, Assumptions) = SimulatedTruth.Of(Experiment, Cells, options);
        PlannedUnits = _plan.PlannedUnits ?? options.Units ?? throw new ArgumentException(
            $"{experiment.Key}: the plan has no size (it needs plan.minimumEffect, and plan.baseline for a proportion or plan.sd for a mean): say how many units with --units");
        if (options.Units is { } units && units != PlannedUnits) throw new ArgumentException($"the plan asks for {PlannedUnits} units; --units is for plans that ask for none");
        if (_plan.PlannedUnits is null && experiment.Plan.Looks.Length > 1) throw new ArgumentException($"{experiment.Key}: a plan with looks needs a size: plan.minimumEffect, and plan.baseline for a proportion or plan.sd for a mean");
        Steps = SimulatedCalendar.Steps(experiment, _plan, PlannedUnits, options.Daily);
        if (Steps[0].Units < 2 * experiment.Variants.Length) throw new ArgumentException($"the first look would have {Steps[0].Units} units in {experiment.Variants.Length} arms: too few to simulate");
        _quantileZ = StandardNormal.Critical(Experiment.Plan.Alpha);
        _traffic = new SimulatedTraffic(Experiment, metrics, Cells, options, _quantileZ);
        Secondaries = new SecondaryFamily(_plan, _quantileZ);
        _coverage = new SimulationCoverage(_plan);
        var comparisons = Experiment.MetricsOf(MetricRole.Primary).Count() * (Experiment.Variants.Length - 1);
        _naive = StandardNormal.Critical(Experiment.Plan.Alpha / comparisons);
        var first = metrics.First(m => m.Role == MetricRole.Primary);
        Effect = Cells.All.Select((cell, c) => cell.Share * (first.Values[1][c] - first.Values[0][c])).Sum();
        Notes = [.. SimulationNotes.Of(experiment, metrics, Cells, options)];
    }

    public Experiment Experiment { get; }
    public long PlannedUnits { get; }

    private bool IsHybrid => Experiment.Plan.Method == PlanMethod.Hybrid;

    /// <summary>When looks are taken.</summary>
    public ImmutableArray<SimulatedStep> Steps { get; }

    public SimulatedCells Cells { get; }
    public SecondaryFamily Secondaries { get; }
    public ImmutableArray<double> Shares => _traffic.Shares;
    public ImmutableArray<Assumption> Assumptions { get; }
    public ImmutableArray<string> Notes { get; }

    /// <summary>True difference of the first primary in the first treatment over all units, in the metric's unit, treatment − control.</summary>
    public double Effect { get; }

    /// <summary>The |z| to reach at each look by a comparison that shares alpha with all others.</summary>
    public IEnumerable<double?> CriticalValues()
    {
        // What a hybrid asks at its reports is no |z|, for harm is one-sided and exact for rates; benefit is one look.
        if (IsHybrid) return [.. Enumerable.Repeat((double?)null, Steps.Length - 1), _naive];
        if (!_plan.HasLooks) return [_naive];
        var comparisons = Experiment.MetricsOf(MetricRole.Primary).Count() * (Experiment.Variants.Length - 1);
        return Enumerable.Range(1, Steps.Length).Select(step =>
        {
            ImmutableArray<LookRecord> looks = [.. Steps[..step].Select(s => new LookRecord
            {
                Look = s.Look, Fraction = (double)s.Units / PlannedUnits, MaturedUnits = s.Units, DataUntil = null, IsLast = s == Steps[^1],
            })];
            var critical = _plan.Boundary(looks, Experiment.Plan.Alpha / comparisons).Critical;
            return double.IsFinite(critical) ? (double?)critical : null;
        });
    }

    /// <summary>One experiment from the first unit to its decision.</summary>
    public SimulatedRun Run(ref RandomStream random)
    {
        var arrived = _traffic.Nobody();
        ImmutableArray<LookRecord> history = [];
        bool peeked = false, open = false;
        ulong claims = 0;
        for (var step = 0; ; step++)
        {
            _traffic.Arrive(ref random, arrived, (int)(Steps[step].Units - (step == 0 ? 0 : Steps[step - 1].Units)));
            var moments = _traffic.Read(arrived);
            var byName = moments.Metrics.ToDictionary(m => m.Metric);
            var options = new ReportOptions { IsFinal = step + 1 == Steps.Length, Looks = history, RemembersLooks = true, Sequential = _plan, QuantileZ = _quantileZ };
            peeked |= _plan.Statistics(byName, NoComplements, _quantileZ).Any(s => s.Z is { } z && Math.Abs(z) >= _naive);
            if (IsHybrid && !options.IsFinal && !PlanDecider.Decide(_plan, moments, options).Ends) continue;
            if (!_plan.HasLooks) return OneLook(ReportBuilder.Build(Experiment, moments, options), step, peeked);
            var decided = PlanDecider.Decide(_plan, moments, options);
            history = decided.Looks;
            if (decided.IsLook && !Secondaries.Comparisons.IsEmpty && Secondaries.IsOpen(history)) (open, claims) = (true, claims | Secondaries.Claims(history, byName));
            if (options.IsFinal || decided.Ends) return new SimulatedRun(decided.Decision, step, CrossedAt(history), Steps[step].Units, _coverage.Of(history, moments, Effect), peeked, open, claims, StatesOf(decided.Segments));
        }
    }

    // Without looks the report's interval decides, and not always as the p-value does.
    private SimulatedRun OneLook(Report report, int step, bool peeked)
    {
        var primaries = report.Metrics.Where(row => row.Role == "primary").ToArray();
        var crossed = primaries.Any(row => row.Interval is { } interval && (interval.Low > 0 || interval.High < 0));
        var open = !Secondaries.Comparisons.IsEmpty && report.Warnings.All(w => w.Code != "secondaries-not-tested");
        bool? covered = primaries[0].Interval is { } i ? Effect >= (i.Low ?? double.NegativeInfinity) && Effect <= (i.High ?? double.PositiveInfinity) : null;
        return new SimulatedRun(report.Verdict.Decision, step, crossed ? step : -1, Steps[step].Units, covered, peeked, open, open ? Secondaries.Claims(report) : 0, StatesOf(report.Segments));
    }

    // Where each critical segment stands, in the order of the declared ones.
    private LimitState[] StatesOf(ImmutableArray<SegmentReport> segments) => Cells.Told.IsEmpty ? [] :
        [.. Cells.Told.Select(t => segments.FirstOrDefault(s => s.Attribute == t.Attribute && s.Value == t.Value)?.State ?? LimitState.NotEstimable)];

    private static int CrossedAt(ImmutableArray<LookRecord> history)
    {
        for (var i = 0; i < history.Length; i++)
            if (history[i].Comparisons.Any(c => c.IsCrossed)) return i;
        return -1;
    }
}
