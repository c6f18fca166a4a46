namespace Assay.Statistics;

/// <summary>Which departures from "no difference" a test looks for. Differences are treatment − control.</summary>
public enum Alternative
{
    /// <summary>Either sign; the interval has two finite ends.</summary>
    TwoSided,

    /// <summary>Treatment above control; the interval is [low, +∞).</summary>
    Greater,

    /// <summary>Treatment below control; the interval is (−∞, high].</summary>
    Less,
}
