using System.Collections.Immutable;
using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Analysis;

/// <summary>Multiplicity: family 1, primaries × treatments, by Holm; family 2, secondaries × treatments, by the plan's correction and
/// each treatment's only after family 1 rejects for that treatment; guardrails none, since all must pass. A metric that mirrors another is counted once.</summary>
internal sealed class Families(Experiment experiment, RowBuilder rows, Stage stage, IReadOnlyDictionary<string, string> complements)
{
    /// <summary>The treatments for which family 1 rejected, and whose secondaries are therefore tested.</summary>
    public ImmutableHashSet<string> Opened { get; private set; } = [];

    public ImmutableArray<Comparison> Apply(ImmutableArray<Comparison> comparisons)
    {
        var done = comparisons.ToDictionary(Key);
        if (experiment.Plan.Method == PlanMethod.Hybrid) Hybrid(done);
        else if (stage.Kind == IntervalKind.Fixed) Primaries(done);
        else PrimariesInStages(done);
        if (!stage.IsBetween) Opened = OpenedBy(done.Values);
        if (!Opened.IsEmpty) Secondaries(done);
        foreach (var comparison in done.Values.ToArray()) Mirror(comparison, done);
        return [.. comparisons.Select(c => done[Key(c)])];
    }

    private void Hybrid(Dictionary<(string, MetricRole, string), Comparison> done)
    {
        foreach (var comparison in new HybridFamily(experiment, rows, stage).Apply([.. Family(done.Values, MetricRole.Primary)])) done[Key(comparison)] = comparison;
    }

    private void Primaries(Dictionary<(string, MetricRole, string), Comparison> done)
    {
        var family = Family(done.Values, MetricRole.Primary);
        var pValues = family.Select(c => c.Effect.PValue).ToArray();
        var dunnett = DunnettFamily.Of(experiment, family);
        var levels = PrimaryFamily.Levels(pValues, experiment.Plan.Alpha, (i, level) => Rejected(AtLevel(family[i], level)), dunnett.LevelOf);
        var adjusted = PrimaryFamily.Adjust(pValues, dunnett.Adjust);
        for (var i = 0; i < family.Length; i++) done[Key(family[i])] = AtLevel(family[i], levels[i]) with { AdjustedPValue = adjusted[i], Adjustment = dunnett.Adjustment, DunnettArguments = dunnett.Arguments };
    }

    /// <summary>At a look as it was judged; between looks at the share of alpha that the next look will have at least.</summary>
    private void PrimariesInStages(Dictionary<(string, MetricRole, string), Comparison> done)
    {
        var family = Family(done.Values, MetricRole.Primary);
        var open = family.Count(c => LookJudge.Settled(stage.Looks, c.Metric.Name, c.Variant) is null);
        var changed = family.Select(c => InStage(c, experiment.Plan.Alpha / Math.Max(1, open))).ToArray();
        var adjusted = PrimaryFamily.Adjust([.. changed.Select(c => c.Effect.PValue)], static p => Multiplicity.Holm(p));
        var adjustment = family.Length < 2 ? null : new FamilyAdjustment(FamilyAdjustment.Holm,
            stage.Plan.HasLooks ? "Holm over the registered looks: alpha is shared equally, and what a rejected comparison leaves goes to the others (Maurer-Bretz)" : "Holm: before the planned end");
        for (var i = 0; i < changed.Length; i++) done[Key(changed[i])] = changed[i] with { AdjustedPValue = adjusted[i], Adjustment = adjustment };
    }

    private Comparison InStage(Comparison c, double share)
    {
        if (!stage.AssumesLooks && LookJudge.Settled(stage.Looks, c.Metric.Name, c.Variant) is var (look, settled))
            return StageWiseEffect.Of(c, stage.Plan, stage.Looks[..(stage.Looks.IndexOf(look) + 1)], settled);
        var found = stage.IsBetween ? null : stage.Looks[^1].Comparisons.FirstOrDefault(x => x.Metric == c.Metric.Name && x.Variant == c.Variant);
        if (found is null) return AtLevel(c, share);
        return rows.Tested(AtLevel(c, found.Alpha), found.Z) with { Look = found, Looks = stage.Looks };
    }

    private void Secondaries(Dictionary<(string, MetricRole, string), Comparison> done)
    {
        var family = Family(done.Values, MetricRole.Secondary);
        if (family.Length == 0) return;
        // At a look each secondary spends by its own boundary: its p-value is the alpha at which that boundary would be reached.
        if (stage.Kind == IntervalKind.Repeated)
            family = [.. family.Select(c => rows.Tested(c, LookStatistic.ZOf(rows.EstimateOnce(c.Metric, c.Moments, c.Variant, experiment.Plan.Alpha))))];
        // The others count: which treatments are open was seen in data that their secondaries share.
        var adjusted = PrimaryFamily.Adjust([.. family.Select(c => Opened.Contains(c.Variant) ? c.Effect.PValue : null)], PrimaryFamily.Correction(experiment.Plan.Correction));
        var adjustment = FamilyAdjustment.Of(experiment.Plan.Correction);
        for (var i = 0; i < family.Length; i++) done[Key(family[i])] = family[i] with { AdjustedPValue = adjusted[i], Adjustment = adjustment };
    }

    /// <summary>A mirrored metric asks nothing new: in a family of its own twin it takes the twin's level and adjusted p-value.</summary>
    private void Mirror(Comparison comparison, Dictionary<(string, MetricRole, string), Comparison> done)
    {
        if (comparison.Declared.Role == MetricRole.Guardrail || !complements.TryGetValue(comparison.Metric.Name, out var twin)) return;
        if (done.Values.FirstOrDefault(c => c.Metric.Name == twin && c.Variant == comparison.Variant && c.Declared.Role != MetricRole.Guardrail) is not { } original) return;
        if (comparison.Declared.Role == MetricRole.Primary && original.Hybrid is not null)
        {
            done[Key(comparison)] = HybridFamily.Mirror(comparison, original);
            return;
        }
        var mirror = AtLevel(comparison, comparison.Declared.Role == MetricRole.Primary ? original.Alpha : comparison.Alpha) with { AdjustedPValue = original.AdjustedPValue, Adjustment = original.Adjustment };
        if (comparison.Declared.Role == MetricRole.Primary && original.Look is { } found)
        {
            var turned = comparison.Metric.Better == original.Metric.Better;
            var same = found with { Metric = comparison.Metric.Name, Z = -found.Z, Difference = -found.Difference, Result = turned ? Turn(found.Result) : found.Result };
            mirror = same.IsCrossed && !stage.AssumesLooks ? StageWiseEffect.Of(mirror, stage.Plan, original.Looks, same) : mirror with { Look = same, Looks = original.Looks };
            mirror = mirror with { Effect = mirror.Effect with { PValue = original.Effect.PValue } };
        }
        done[Key(comparison)] = mirror;
    }

    private static LookResult Turn(LookResult result) => result switch
    {
        LookResult.Benefit => LookResult.Harm,
        LookResult.Harm => LookResult.Benefit,
        _ => LookResult.Continue,
    };

    private ImmutableArray<Comparison> Family(IEnumerable<Comparison> all, MetricRole role) =>
        [.. all.Where(c => c.Declared.Role == role && !IsCountedElsewhere(c))];

    /// <summary>A mirror of a guardrail is still tested: guardrails have no adjusted p-value to take over.</summary>
    private bool IsCountedElsewhere(Comparison c) =>
        complements.TryGetValue(c.Metric.Name, out var twin) && experiment.Metrics.Any(m => m.Metric.Name == twin && m.Role != MetricRole.Guardrail);

    private ImmutableHashSet<string> OpenedBy(IEnumerable<Comparison> all)
    {
        var primaries = all.Where(c => c.Declared.Role == MetricRole.Primary && !IsCountedElsewhere(c)).GroupBy(c => c.Variant);
        return [.. primaries.Where(g => experiment.Plan.PrimaryRule == PrimaryRule.Any ? g.Any(Rejected) : g.All(Rejected)).Select(g => g.Key)];
    }

    private bool Rejected(Comparison c) => stage.Kind == IntervalKind.Fixed ? c.Effect.Interval is { } i && (i.Low > 0 || i.High < 0) : c.Look is { IsCrossed: true };

    private Comparison AtLevel(Comparison c, double alpha) =>
        c.Alpha == alpha ? c : c with { Alpha = alpha, Effect = rows.Estimate(c.Metric, c.Moments, c.Variant, alpha) };

    private static (string, MetricRole, string) Key(Comparison c) => (c.Metric.Name, c.Declared.Role, c.Variant);
}
