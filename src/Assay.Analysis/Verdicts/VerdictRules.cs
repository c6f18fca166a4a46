using System.Collections.Immutable;

namespace Assay.Analysis;

/// <summary>The decision rules of the contract: of an ordered list, the first that holds.</summary>
/// <remarks>invalid · rolled-back · do-not-ship · ship · hold · no-difference · inconclusive · keep-running. Pure: the same facts give the same verdict.</remarks>
public static class VerdictRules
{
    /// <exception cref="ArgumentException">There is no treatment, or one without a primary.</exception>
    public static VerdictOutcome Decide(VerdictFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        if (facts.Treatments.IsDefaultOrEmpty) throw new ArgumentException("there is no treatment to decide about", nameof(facts));
        if (facts.Treatments.Any(t => t.Primaries.IsDefaultOrEmpty)) throw new ArgumentException("a treatment has no primary metric", nameof(facts));

        if (facts.Invalidities.Length > 0) return new VerdictOutcome(Decision.Invalid, null, facts.Invalidities);
        if (facts.RolledBackReason is { } why) return new VerdictOutcome(Decision.RolledBack, null, [new("rolled-back", null, why)]);

        var outcomes = facts.Treatments.Select(t => TreatmentRules.Decide(t, facts)).ToImmutableArray();
        return outcomes.Length == 1 ? outcomes[0] : Combine(outcomes, facts);
    }

    /// <summary>One candidate that passes is enough; one that still may pass keeps the question open; only when all fail is the answer no.</summary>
    private static VerdictOutcome Combine(ImmutableArray<VerdictOutcome> outcomes, VerdictFacts facts)
    {
        if (Of(Decision.Ship) is { Length: > 0 } passing) return Best(passing, outcomes, facts);
        if (Of(Decision.Hold) is { Length: > 0 } held) return With(held[0], outcomes);
        if (Of(Decision.KeepRunning) is { Length: > 0 } running) return With(running[0] with { Variant = null }, outcomes);
        if (Of(Decision.Inconclusive) is { Length: > 0 } open) return With(open[0] with { Variant = open.Length == 1 ? open[0].Variant : null }, outcomes);
        if (Of(Decision.NoDifference) is { Length: > 0 } same) return With(same[0] with { Variant = same.Length == 1 ? same[0].Variant : null }, outcomes);
        return With(outcomes[0] with { Variant = null }, outcomes);

        ImmutableArray<VerdictOutcome> Of(Decision decision) => [.. outcomes.Where(o => o.Decision == decision)];
    }

    private static VerdictOutcome Best(ImmutableArray<VerdictOutcome> passing, ImmutableArray<VerdictOutcome> all, VerdictFacts facts)
    {
        var best = passing.MaxBy(o => facts.Treatments.First(t => t.Variant == o.Variant).Primaries[0].Estimate ?? double.NegativeInfinity)!;
        var reasons = best.Reasons.ToBuilder();
        foreach (var other in passing)
            if (other.Variant != best.Variant && facts.Indistinguishable.Any(p => p.Holds(best.Variant!, other.Variant!)))
                reasons.Add(new VerdictReason("indistinguishable", facts.Treatments[0].Primaries[0].Metric,
                    $"'{best.Variant}' and '{other.Variant}' both pass and cannot be told apart; '{best.Variant}' has the larger estimate"));
        return With(best with { Reasons = reasons.ToImmutable() }, all);
    }

    /// <summary>Adds what was found about the other treatments.</summary>
    private static VerdictOutcome With(VerdictOutcome chosen, ImmutableArray<VerdictOutcome> all) => chosen with
    {
        Reasons = [.. chosen.Reasons, .. all.SelectMany(o => o.Reasons).Where(r => !chosen.Reasons.Contains(r))],
    };
}
