using System.Collections.Immutable;
using Assay.Events;
using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Analysis;

/// <summary>Where in its plan an experiment stands, and so what an interval must hold against: one look, the registered looks, or looking all the time.</summary>
internal sealed class Stage
{
    /// <summary>N* per arm of the interval between looks when the plan has no size; any number that is fixed before data will do.</summary>
    private const long UnsizedPerArm = 1000;

    private readonly SequentialPlan _plan;

    private Stage(SequentialPlan plan, IntervalKind kind, int? look, bool isLast, bool remembersLooks, ImmutableArray<LookRecord> history) =>
        (_plan, Kind, Look, IsLast, RemembersLooks, Looks) = (plan, kind, look, isLast, remembersLooks, history);

    /// <summary>What intervals promise that no crossing has changed.</summary>
    public IntervalKind Kind { get; }

    /// <summary>The registered look that this is; null between looks and without looks.</summary>
    public int? Look { get; }

    public bool IsLast { get; }

    /// <summary>False for data without an order in time: a registered look before the end can be taken only where the data hold just its units.</summary>
    public bool RemembersLooks { get; }

    /// <summary>The looks so far; the one at hand is added when it has been judged.</summary>
    public ImmutableArray<LookRecord> Looks { get; private set; }

    public SequentialPlan Plan => _plan;

    /// <summary>False while nobody can tell whether a silent unit will still answer.</summary>
    public bool IsComplete { get; private init; } = true;

    /// <summary>Matured units at which something is judged next; null at the end and without a size.</summary>
    public long? NextLookUnits => IsLast || _plan.PlannedUnits is null ? null
        : !RemembersLooks ? _plan.PlannedUnits : _plan.UnitsAt(Math.Min(_plan.Fractions.Length, 1 + (Looks.IsEmpty ? 0 : Looks[^1].Look)));

    /// <summary>True when earlier looks are only assumed: nothing may then be said that depends on what they found.</summary>
    public bool AssumesLooks => Looks.Any(l => l.IsAssumed);

    /// <summary>True while the looks at which something may be decided are still to come.</summary>
    public bool IsBetween => Kind == IntervalKind.AlwaysValid;

    public static Stage Of(SequentialPlan plan, ReportOptions options, bool isFinal, long matured, DateTimeOffset? dataUntil)
    {
        var history = options.Looks.IsDefault ? [] : options.Looks;
        if (!plan.HasLooks)
            return new(plan, isFinal ? IntervalKind.Fixed : IntervalKind.AlwaysValid, null, isFinal, options.RemembersLooks, []) { IsComplete = isFinal || PlannedEnd.IsComplete(plan.Experiment, options) };
        var fraction = plan.FractionOf(matured) ?? 0;
        int? look = isFinal ? plan.Fractions.Length : !PlannedEnd.MayJudge(plan.Experiment, options, dataUntil) ? null
            : options.RemembersLooks ? plan.DueLook(history, matured) : plan.LookAt(matured);
        if (look is null) return new(plan, IntervalKind.AlwaysValid, null, false, options.RemembersLooks, history);
        if (!(fraction > 1e-5)) return new(plan, IntervalKind.Fixed, look, isFinal, options.RemembersLooks, history);
        return new(plan, IntervalKind.Repeated, look, isFinal, options.RemembersLooks, options.RemembersLooks ? history : plan.AssumedBefore(look.Value, fraction));
    }

    /// <summary>Judges the look at hand.</summary>
    public LookRecord Judge(long matured, ExperimentMoments moments, IReadOnlyList<LookStatistic> statistics)
    {
        var record = _plan.Judge(Looks, Look!.Value, IsLast, matured, moments.DataUntil, statistics) with
        {
            Caps = Looks.FirstOrDefault(l => !l.IsAssumed)?.Caps ?? [.. moments.Metrics.Where(m => m.CapValue is not null || m.DenominatorCapValue is not null).Select(m => new FrozenCap(m.Metric, m.CapValue, m.DenominatorCapValue))],
            Strata = _plan.Experiment.Plan.Strata.IsEmpty ? null
                : Looks.FirstOrDefault(l => !l.IsAssumed)?.Strata ?? MergedStratum.Kept(_plan.Experiment.MetricsOf(MetricRole.Primary).Select(p => moments.Metrics.First(m => m.Metric == p.Metric.Name))),
        };
        Looks = Looks.Add(record);
        return record;
    }

    /// <summary>What an estimator must be asked for so that alpha is kept over all looks. At a look, <see cref="Judge"/> must come before.</summary>
    public StageLevel Level(double alpha, string variant, long units) => Kind switch
    {
        IntervalKind.Repeated => _plan.Boundary(Looks, alpha) is var boundary ? StageLevel.Of(boundary.Level, boundary.Critical) : default,
        IntervalKind.AlwaysValid => StageLevel.Of(alpha, AsymptoticConfidenceSequence.Critical(Math.Max(1, units), alpha, TunedFor(variant))),
        _ => new StageLevel(alpha, alpha, StandardNormal.Critical(alpha)),
    };

    /// <summary>N* of one comparison: the units that the plan gives to its two arms.</summary>
    public double TunedFor(string variant)
    {
        var experiment = _plan.Experiment;
        double all = experiment.Variants.Sum(v => v.Weight), two = experiment.Control.Weight + experiment.Variants.First(v => v.Key == variant).Weight;
        return Math.Max(1, _plan.PlannedUnits is { } planned ? planned * (two / all) : 2 * UnsizedPerArm);
    }

    public static long UnitsOf(Metric metric, MetricArmMoments arm) => metric.Type == MetricType.Quantile ? arm.Quantile?.Units ?? 0 : arm.Units;
}
