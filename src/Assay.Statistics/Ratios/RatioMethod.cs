namespace Assay.Statistics;

/// <summary>How the interval of a ratio was made.</summary>
public enum RatioMethod
{
    /// <summary>Delta method: symmetric; used while g ≤ .05 in every arm.</summary>
    Delta,

    /// <summary>Fieller's interval per arm, and their combination for a difference; used for .05 &lt; g &lt; 1.</summary>
    Fieller,
}
