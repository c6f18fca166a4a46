using System.Collections.Immutable;

namespace Assay.Events;

/// <summary>The units of one arm and one stratum that enter the estimate of a metric.</summary>
/// <param name="Stratum">The values of the plan's attributes, in its order; null for a unit without the attribute. Empty for the strata beyond the most that are told apart.</param>
public sealed record StratumMoments(ImmutableArray<string?> Stratum)
{
    public required long Units { get; init; }

    /// <summary>Mean of the unit values (numerators of a ratio); 0 without units.</summary>
    public double Mean { get; init; }

    /// <summary>Variance with n − 1; 0 below two units.</summary>
    public double Variance { get; init; }

    public double DenominatorMean { get; init; }
    public double DenominatorVariance { get; init; }

    /// <summary>Covariance of numerator and denominator with n − 1.</summary>
    public double Covariance { get; init; }

    /// <summary>Units of all arms in this stratum: its weight.</summary>
    public long AllUnits { get; init; }

    /// <summary>Units of the arm that has the fewest in this stratum.</summary>
    public long FewestUnits { get; init; }

    /// <summary>Text that is the same for the same values and for no others.</summary>
    // A value that is empty text is another than none, and values may hold any sign.
    public string Name => string.Concat(Stratum.Select(v => v is null ? "-" : FormattableString.Invariant($"{v.Length}:{v}")));

    /// <summary>Gives all arms of a metric the same strata in the same order, largest first, with what all arms have in them.</summary>
    /// <param name="arms">As they were read: each with the strata that it has units of.</param>
    public static ImmutableArray<MetricArmMoments> Align(ImmutableArray<MetricArmMoments> arms)
    {
        var byArm = arms.Select(a => a.Strata.ToDictionary(s => s.Name)).ToArray();
        var all = arms.SelectMany(a => a.Strata).DistinctBy(s => s.Name).Select(s => (s.Name, s.Stratum))
            .Select(s => (s.Name, s.Stratum, All: byArm.Sum(a => UnitsIn(a, s.Name)), Fewest: byArm.Min(a => UnitsIn(a, s.Name))))
            .OrderByDescending(s => s.All).ThenBy(s => s.Name, StringComparer.Ordinal).ToArray();
        return [.. arms.Select((arm, i) => arm with
        {
            Strata = [.. all.Select(s => (byArm[i].GetValueOrDefault(s.Name) ?? new StratumMoments(s.Stratum) { Units = 0 }) with { AllUnits = s.All, FewestUnits = s.Fewest })],
        })];
    }

    private static long UnitsIn(Dictionary<string, StratumMoments> arm, string name) => arm.TryGetValue(name, out var stratum) ? stratum.Units : 0;
}
