namespace Assay.Statistics;

/// <summary>Difference of two means after outliers were capped or left out, with what that changed.</summary>
/// <param name="Cap">The limits of both arms.</param>
/// <param name="Of">The comparison of what remains, by Welch's t.</param>
/// <param name="Beyond">Units beyond the limits per arm, compared: when these shares differ, leaving out (trimming) compares unlike units.</param>
public sealed record RobustMeanComparison(PooledCap Cap, MeanComparison Of, Estimated<ProportionComparison> Beyond);
