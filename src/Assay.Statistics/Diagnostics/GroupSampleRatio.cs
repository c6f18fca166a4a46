namespace Assay.Statistics;

/// <summary>Sample ratio of one group of units among several.</summary>
/// <param name="PValue">Of the group by itself; not estimable without units.</param>
/// <param name="AdjustedPValue">By Holm over all groups; null where there is no p-value. Below .001 the group's split is broken.</param>
public sealed record GroupSampleRatio(Estimated<double> PValue, double? AdjustedPValue);
