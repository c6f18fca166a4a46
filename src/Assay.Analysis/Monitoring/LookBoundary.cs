using Assay.Statistics;

namespace Assay.Analysis;

/// <summary>What a comparison must reach at a look.</summary>
/// <param name="Design">The looks up to this one with their critical values.</param>
/// <param name="Level">Two-sided error rate over all looks: the share of alpha, or what declared boundaries spend.</param>
public sealed record LookBoundary(GroupSequentialDesign Design, double Level)
{
    /// <summary>The |z| to reach at the newest look; +∞ where nothing may be spent yet.</summary>
    public double Critical { get; } = Design.CriticalValues[^1];

    /// <summary>Two-sided alpha spent by the newest look.</summary>
    public double AlphaSpent { get; } = 2 * Design.AlphaSpent[^1];
}
