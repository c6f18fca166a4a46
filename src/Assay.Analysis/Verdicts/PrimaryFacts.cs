namespace Assay.Analysis;

/// <summary>What the rules need to know of one primary of one treatment; signs are turned so that positive is good.</summary>
public sealed record PrimaryFacts
{
    public required string Metric { get; init; }

    /// <summary>Null when not estimable.</summary>
    public double? Estimate { get; init; }

    /// <summary>[L, U] at the level that the primary family gives this comparison; null when not estimable.</summary>
    public TurnedInterval? Interval { get; init; }

    /// <summary>What a registered look found, now or earlier; null when the interval of the one look at the end decides.</summary>
    public LookResult? Look { get; init; }

    /// <summary>True in a hybrid plan, where the limit against harm may be looked at all the time: beyond zero it decides at once.</summary>
    public bool IsHarmAlwaysValid { get; init; }

    /// <summary>Names the rule that decides, for the reasons: the interval or the boundary, the look, the alpha.</summary>
    public string? Rule { get; init; }

    internal bool IsBetter => Look is { } look ? look == LookResult.Benefit : Interval is { Low: > 0 };

    internal bool IsWorse => Look is { } look ? look == LookResult.Harm : Interval is { High: < 0 };

    /// <summary>The (1 − 2 alpha) interval that no-difference is judged by.</summary>
    public TurnedInterval? EquivalenceInterval { get; init; }

    /// <summary>The smallest effect worth having, positive, in the metric's unit; null when none was declared.</summary>
    public double? MinimumEffect { get; init; }

    /// <summary>Why nothing could be estimated.</summary>
    public string? Reason { get; init; }

    /// <summary>How many more units in all arms together would settle it; null when that cannot be said.</summary>
    public long? MoreUnits { get; init; }
}
