using System.Collections.Immutable;
using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Analysis;

/// <summary>Multiplicity: family 1, primaries × treatments, by Holm; family 2, secondaries × treatments, by the plan's correction and
/// only after family 1 rejects; guardrails none, since all must pass. A metric that mirrors another is counted once.</summary>
internal sealed class Families(Experiment experiment, RowBuilder rows, IReadOnlyDictionary<string, string> complements)
{
    public bool SecondariesTested { get; private set; }

    public ImmutableArray<Comparison> Apply(ImmutableArray<Comparison> comparisons)
    {
        var done = comparisons.ToDictionary(Key);
        Primaries(done);
        SecondariesTested = Rejects(done.Values);
        if (SecondariesTested) Secondaries(done);
        foreach (var comparison in done.Values.ToArray()) Mirror(comparison, done);
        return [.. comparisons.Select(c => done[Key(c)])];
    }

    private void Primaries(Dictionary<(string, MetricRole, string), Comparison> done)
    {
        var family = Family(done.Values, MetricRole.Primary);
        var pValues = family.Select(c => c.Effect.PValue).ToArray();
        var levels = PrimaryFamily.Levels(pValues, experiment.Plan.Alpha, (i, level) => Rejected(AtLevel(family[i], level)));
        var adjusted = PrimaryFamily.Adjust(pValues, static p => Multiplicity.Holm(p));
        for (var i = 0; i < family.Length; i++) done[Key(family[i])] = AtLevel(family[i], levels[i]) with { AdjustedPValue = adjusted[i] };
    }

    private void Secondaries(Dictionary<(string, MetricRole, string), Comparison> done)
    {
        var family = Family(done.Values, MetricRole.Secondary);
        if (family.Length == 0) return;
        var adjusted = PrimaryFamily.Adjust([.. family.Select(c => c.Effect.PValue)], PrimaryFamily.Correction(experiment.Plan.Correction));
        for (var i = 0; i < family.Length; i++) done[Key(family[i])] = family[i] with { AdjustedPValue = adjusted[i] };
    }

    /// <summary>A mirrored metric asks nothing new: in a family of its own twin it takes the twin's level and adjusted p-value.</summary>
    private void Mirror(Comparison comparison, Dictionary<(string, MetricRole, string), Comparison> done)
    {
        if (comparison.Declared.Role == MetricRole.Guardrail || !complements.TryGetValue(comparison.Metric.Name, out var twin)) return;
        if (done.Values.FirstOrDefault(c => c.Metric.Name == twin && c.Variant == comparison.Variant && c.Declared.Role != MetricRole.Guardrail) is not { } original) return;
        done[Key(comparison)] = AtLevel(comparison, comparison.Declared.Role == MetricRole.Primary ? original.Alpha : comparison.Alpha) with { AdjustedPValue = original.AdjustedPValue };
    }

    private ImmutableArray<Comparison> Family(IEnumerable<Comparison> all, MetricRole role) =>
        [.. all.Where(c => c.Declared.Role == role && !IsCountedElsewhere(c))];

    /// <summary>A mirror of a guardrail is still tested: guardrails have no adjusted p-value to take over.</summary>
    private bool IsCountedElsewhere(Comparison c) =>
        complements.TryGetValue(c.Metric.Name, out var twin) && experiment.Metrics.Any(m => m.Metric.Name == twin && m.Role != MetricRole.Guardrail);

    private bool Rejects(IEnumerable<Comparison> all)
    {
        var primaries = all.Where(c => c.Declared.Role == MetricRole.Primary && !IsCountedElsewhere(c)).GroupBy(c => c.Variant);
        return experiment.Plan.PrimaryRule == PrimaryRule.Any ? primaries.Any(g => g.Any(Rejected)) : primaries.Any(g => g.All(Rejected));
    }

    private static bool Rejected(Comparison c) => c.Effect.Interval is { } i && (i.Low > 0 || i.High < 0);

    private Comparison AtLevel(Comparison c, double alpha) =>
        c.Alpha == alpha ? c : c with { Alpha = alpha, Effect = rows.Estimate(c.Metric, c.Moments, c.Variant, alpha) };

    private static (string, MetricRole, string) Key(Comparison c) => (c.Metric.Name, c.Declared.Role, c.Variant);
}
