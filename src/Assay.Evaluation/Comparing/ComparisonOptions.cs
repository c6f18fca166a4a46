using System.Collections.Immutable;

namespace Assay.Evaluation;

/// <summary>How variants are compared.</summary>
public sealed record ComparisonOptions
{
    /// <summary>Key of the variant that the others are compared with.</summary>
    public required string Control { get; init; }

    /// <summary>Keys of the others; empty: every other variant that has rows, in the order in which they first appear.</summary>
    public ImmutableArray<string> Treatments { get; init; } = [];

    /// <summary>Two-sided significance level, a probability in (0, 1).</summary>
    public double Alpha { get; init; } = 0.05;

    /// <summary>For "how many more cases": chance to find the declared effect, a probability in (alpha, 1).</summary>
    public double Power { get; init; } = 0.8;

    /// <summary>The smallest difference worth knowing, by metric, in the metric's unit; positive. A verdict's unit is the net share of wins.</summary>
    public ImmutableSortedDictionary<string, double> MinimumEffects { get; init; } = ImmutableSortedDictionary<string, double>.Empty;

    /// <summary>For metrics that <see cref="MinimumEffects"/> does not name; null: nothing is said about more cases.</summary>
    public double? MinimumEffect { get; init; }

    /// <summary>Ids of the golden set, so that a case without any row is seen to be missing; empty: only cases with rows are known.</summary>
    public ImmutableArray<string> Cases { get; init; } = [];

    /// <summary>Model by variant, to see whether a judge favours its own kin; what is not named is not known.</summary>
    public ImmutableSortedDictionary<string, string> VariantModels { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Model by judge, as rows name it.</summary>
    public ImmutableSortedDictionary<string, string> JudgeModels { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    internal double? EffectFor(string metric) => MinimumEffects.TryGetValue(metric, out var effect) ? effect : MinimumEffect;

    internal void Check()
    {
        if (!(Alpha is > 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(Alpha), Alpha, "must lie strictly between 0 and 1");
        if (!(Power > Alpha && Power < 1)) throw new ArgumentOutOfRangeException(nameof(Power), Power, "must lie between alpha and 1");
        foreach (var effect in MinimumEffects.Values.Append(MinimumEffect ?? 1))
            if (!(effect > 0 && double.IsFinite(effect))) throw new ArgumentOutOfRangeException(nameof(MinimumEffects), effect, "a minimum effect is positive");
        if (Treatments.Contains(Control)) throw new ArgumentException($"'{Control}' is the control and cannot be a treatment", nameof(Treatments));
    }
}
