namespace Assay.Statistics;

/// <summary>What the distance of two ratings means.</summary>
public enum RatingScale
{
    /// <summary>Names: equal or not.</summary>
    Nominal,

    /// <summary>Ranks: by how many ratings lie between.</summary>
    Ordinal,

    /// <summary>Numbers: squared difference.</summary>
    Interval,

    /// <summary>Numbers of 0 or more with a true zero: ((a − b)/(a + b))².</summary>
    Ratio,
}
