namespace Assay.Statistics;

/// <summary>How much credit a disagreement keeps.</summary>
public enum KappaWeights
{
    /// <summary>None: categories without an order.</summary>
    Unweighted,

    /// <summary>1 − |i − j| / (k − 1): ordered categories.</summary>
    Linear,

    /// <summary>1 − (i − j)² / (k − 1)²: ordered categories, near misses count little.</summary>
    Quadratic,
}
