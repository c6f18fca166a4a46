namespace Assay.Analysis;

/// <summary>One primary × treatment at a registered look, with all that is needed to draw the same conclusion again.</summary>
public sealed record LookComparison
{
    public required string Metric { get; init; }
    public required string Variant { get; init; }

    /// <summary>Treatment − control in standard errors; null when it could not be estimated.</summary>
    public required double? Z { get; init; }

    /// <summary>Treatment − control in the metric's unit, as observed.</summary>
    public required double? Difference { get; init; }

    /// <summary>The error that <see cref="Z"/> was made with: difference / z; null where z is 0 or unknown.</summary>
    public required double? StandardError { get; init; }

    /// <summary>Two-sided level over all looks that the family gave this comparison.</summary>
    public required double Alpha { get; init; }

    /// <summary>The |z| to reach; null where nothing may be spent yet.</summary>
    public required double? Critical { get; init; }

    /// <summary>Two-sided alpha spent by this look, over all looks so far.</summary>
    public required double AlphaSpent { get; init; }

    /// <summary>The z, good turned upwards, at or below which the experiment may be given up; null when no futility was declared, and at the last look.</summary>
    public required double? FutilityBound { get; init; }

    public required LookResult Result { get; init; }

    internal bool IsCrossed => Result is LookResult.Benefit or LookResult.Harm;
}
