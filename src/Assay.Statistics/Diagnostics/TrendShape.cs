namespace Assay.Statistics;

/// <summary>Which way an effect goes over time.</summary>
public enum TrendShape
{
    /// <summary>Towards nothing, or through it to the other side: novelty when the days count from each unit's first exposure.</summary>
    Fading,

    /// <summary>Away from nothing: primacy, or learning, when the days count from each unit's first exposure.</summary>
    Growing,
}
