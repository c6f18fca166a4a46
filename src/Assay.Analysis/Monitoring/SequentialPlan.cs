using System.Collections.Concurrent;
using System.Collections.Immutable;
using Assay.Events;
using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Analysis;

/// <summary>An experiment's looks, made once from its plan: which is due, what a comparison must reach, what a look found.</summary>
/// <remarks>
/// Family 1, primaries × treatments, shares alpha equally; what one comparison no longer needs because it was rejected goes to the others, at that
/// look and at later ones, each spending its share by the plan's function (W. Maurer, F. Bretz, Statistics in Biopharmaceutical Research 5 (2013)
/// 311–320, doi:10.1080/19466315.2013.807748). With one look this is Holm's procedure. Boundaries are cached; safe to share between threads.
/// </remarks>
public sealed class SequentialPlan
{
    private readonly ConcurrentDictionary<BoundaryKey, LookBoundary> _boundaries = new();
    private readonly ConcurrentDictionary<BoundaryKey, double?> _futility = new();
    private readonly ImmutableArray<Metric> _primaries;
    private readonly Lazy<HybridBounds> _hybrid;

    private SequentialPlan(Experiment experiment, long? plannedUnits)
    {
        Experiment = experiment;
        PlannedUnits = plannedUnits;
        Fractions = experiment.Plan.Looks.Length > 1 ? experiment.Plan.Looks : [1];
        _hybrid = new(() => new HybridBounds(experiment));
        _primaries = [.. experiment.MetricsOf(MetricRole.Primary).Select(m => m.Metric)];
    }

    public Experiment Experiment { get; }

    /// <summary>Of a hybrid plan: the bounds that hold at all times.</summary>
    internal HybridBounds HybridBounds => _hybrid.Value;

    /// <summary>Units in all arms together that the plan asks for; null when it cannot be sized, and then no look before the end is ever due.</summary>
    public long? PlannedUnits { get; }

    /// <summary>Registered information fractions, ascending, the last 1; only 1 when no looks are registered.</summary>
    public ImmutableArray<double> Fractions { get; }

    /// <summary>True when looks before the end are registered and the plan can be sized.</summary>
    public bool HasLooks => Fractions.Length > 1 && PlannedUnits is not null;

    /// <exception cref="ArgumentException">The experiment has no primary metric.</exception>
    public static SequentialPlan Of(Experiment experiment)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        if (!experiment.MetricsOf(MetricRole.Primary).Any()) throw new ArgumentException("the experiment has no primary metric", nameof(experiment));
        return new SequentialPlan(experiment, PlannedSize.For(experiment));
    }

    /// <summary>Information that so many matured units are.</summary>
    public double? FractionOf(long maturedUnits) => PlannedUnits is { } planned and > 0 ? (double)maturedUnits / planned : null;

    /// <summary>Matured units at which a registered look is due; null when the plan cannot be sized.</summary>
    /// <param name="look">From 1.</param>
    public long? UnitsAt(int look) => PlannedUnits is { } planned ? (long)Math.Ceiling(Fractions[look - 1] * planned - 1e-6) : null;

    /// <summary>The look to evaluate now: the highest one whose units are there and that is higher than any in the history; null when none is.</summary>
    /// <param name="history">The looks that were evaluated, in order.</param>
    /// <param name="maturedUnits">Matured units of the primary, of the one with the least if there are several.</param>
    public int? DueLook(ImmutableArray<LookRecord> history, long maturedUnits)
    {
        for (var look = Fractions.Length; look > (history.IsEmpty ? 0 : history[^1].Look); look--)
            if (UnitsAt(look) is { } units && maturedUnits >= units) return look;
        return null;
    }

    /// <summary>The look whose units are there and hardly any more, within a hundredth of the plan; null elsewhere.</summary>
    /// <remarks>For data that remember no looks. Judged at any number of units beyond a look, a growing file would be looked at as often as it is analysed: at
    /// every hundredth from a quarter on, O'Brien–Fleming's boundary rejects .074 of nulls where it promises .05.</remarks>
    public int? LookAt(long maturedUnits)
    {
        for (var look = Fractions.Length; look > 0; look--)
            if (UnitsAt(look) is { } units && maturedUnits >= units) return maturedUnits - units <= 0.01 * PlannedUnits ? look : null;
        return null;
    }

    /// <summary>The looks that a recorded file without an order cannot tell: all registered ones before the one at hand, taken where they were registered. The alpha that they spend is gone, whatever they found.</summary>
    public ImmutableArray<LookRecord> AssumedBefore(int look, double fraction) =>
        [.. Enumerable.Range(1, look - 1).Where(k => Fractions[k - 1] < fraction - 1e-5).Select(k => new LookRecord
        {
            Look = k, Fraction = Fractions[k - 1], MaturedUnits = null, DataUntil = null, IsLast = false, IsAssumed = true,
        })];

    /// <summary>What a comparison must reach at the newest of the looks.</summary>
    /// <param name="looks">The looks as they were taken, the one at hand last.</param>
    /// <param name="alpha">Two-sided level over all looks.</param>
    public LookBoundary Boundary(ImmutableArray<LookRecord> looks, double alpha)
    {
        var key = Key(looks, alpha);
        return _boundaries.GetOrAdd(key, static (k, plan) => BoundaryRule.Of(plan, k.Looks, k.Fractions, k.Alpha, k.IsLast), Experiment.Plan);
    }

    /// <summary>Evaluates a look from the moments: statistics, boundaries, what was reached. No text, no intervals.</summary>
    /// <param name="history">The looks before it.</param>
    /// <param name="look">Its registered number.</param>
    /// <param name="isLast">True at the planned end.</param>
    /// <param name="maturedUnits">Matured units of the primary.</param>
    /// <param name="moments">As read for a report.</param>
    /// <param name="quantileZ">The z of the moments' quantile intervals.</param>
    public LookRecord Judge(
        ImmutableArray<LookRecord> history, int look, bool isLast, long maturedUnits, ExperimentMoments moments, double quantileZ = 1.959963984540054)
    {
        ArgumentNullException.ThrowIfNull(moments);
        moments = ClusterEffect.Mark(Experiment, moments);
        var byName = moments.Metrics.DistinctBy(m => m.Metric).ToDictionary(m => m.Metric);
        return Judge(history, look, isLast, maturedUnits, moments.DataUntil, Statistics(byName, Complements.Find(Experiment, byName), quantileZ));
    }

    /// <summary>Family 1, in the order of the definition; a primary that mirrors another is no question of its own.</summary>
    internal IReadOnlyList<LookStatistic> Statistics(IReadOnlyDictionary<string, MetricMoments> moments, IReadOnlyDictionary<string, string> complements, double quantileZ)
    {
        var statistics = new List<LookStatistic>(_primaries.Length * (Experiment.Variants.Length - 1));
        foreach (var metric in _primaries)
        {
            if (complements.TryGetValue(metric.Name, out var twin) && Experiment.Metrics.Any(m => m.Metric.Name == twin && m.Role != MetricRole.Guardrail)) continue;
            var arms = moments[metric.Name].Arms;
            var control = RowBuilder.Arm(arms, Experiment.Control.Key);
            for (var i = 1; i < Experiment.Variants.Length; i++)
                statistics.Add(LookStatistic.Of(metric, control, RowBuilder.Arm(arms, Experiment.Variants[i].Key), quantileZ));
        }
        return statistics;
    }

    internal LookRecord Judge(
        ImmutableArray<LookRecord> history, int look, bool isLast, long maturedUnits, DateTimeOffset? dataUntil, IReadOnlyList<LookStatistic> statistics)
    {
        var fraction = FractionOf(maturedUnits) ?? throw new InvalidOperationException("a plan without a size has no looks");
        // Units never become fewer, but a look may be forced at the count of the one before.
        if (!history.IsEmpty) fraction = Math.Max(fraction, history[^1].Fraction + 1e-5);
        var record = new LookRecord { Look = look, Fraction = fraction, MaturedUnits = maturedUnits, DataUntil = dataUntil, IsLast = isLast };
        return record with { Comparisons = LookJudge.Compare(this, history.Add(record), Experiment.Plan, statistics) };
    }

    /// <summary>The z, good turned upwards, at or below which to give up at the newest look; null without declared futility and at the last look.</summary>
    internal double? FutilityBound(ImmutableArray<LookRecord> looks, double alpha)
    {
        var plan = Experiment.Plan;
        if (plan.Futility is null || looks[^1].IsLast) return null;
        return _futility.GetOrAdd(Key(looks, alpha), static (k, self) => self.FutilityBound(k), this);
    }

    // The looks to come are taken where they were registered: what is missed there depends little on where exactly they will be.
    private double? FutilityBound(BoundaryKey taken)
    {
        var plan = Experiment.Plan;
        var coming = Enumerable.Range(1, Fractions.Length).Where(k => k > taken.Looks[^1] && Fractions[k - 1] > taken.Fractions[^1] + 1e-5).ToArray();
        if (coming.Length == 0) return null;
        var design = BoundaryRule.Of(plan, [.. taken.Looks, .. coming], [.. taken.Fractions, .. coming.Select(k => Fractions[k - 1])], taken.Alpha, isLast: true).Design;
        if (plan.Power <= design.AlphaPerSide) return null;
        var bound = BetaSpending.NonBinding(design, PlannedDesign.Spending(plan.Futility, plan.FutilityParameter), plan.Power).Bounds[taken.Looks.Length - 1];
        return double.IsFinite(bound) ? bound : null;
    }

    private static BoundaryKey Key(ImmutableArray<LookRecord> looks, double alpha) =>
        new([.. looks.Select(l => l.Look)], [.. looks.Select(l => l.Fraction)], alpha, looks[^1].IsLast);
}
