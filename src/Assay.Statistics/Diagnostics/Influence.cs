namespace Assay.Statistics;

/// <summary>A difference beside the same difference without some units, or with their values capped.</summary>
/// <param name="All">Of all units.</param>
/// <param name="Without">Of the rest; not estimable when too little is left.</param>
/// <param name="Shift">(without − all) / standard error of all: how far the few moved it; null when the rest is not estimable.</param>
/// <param name="ChangesConclusion">True when one of the two intervals excludes 0 and the other does not, or both do on different sides.</param>
public sealed record Influence(MeanComparison All, Estimated<MeanComparison> Without, double? Shift, bool ChangesConclusion);
