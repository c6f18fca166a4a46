namespace Assay.Analysis;

/// <summary>The estimate of a row with its units gathered by a coarser id, which was not randomised: what is left of it when one user's conversations are no independent evidence. Never decides.</summary>
public sealed record ClusteredRow
{
    /// <summary>The coarser id: session, conversation, user or cluster.</summary>
    public required string By { get; init; }

    /// <summary>Share of the units that have the id; a unit without it stands for itself.</summary>
    public required double? UnitsWithId { get; init; }

    /// <summary>Clusters of the control.</summary>
    public required long ControlClusters { get; init; }

    public required long TreatmentClusters { get; init; }

    /// <summary>Clusters with units in both arms: what their units share cancels in the difference, and the error knows.</summary>
    public required long SharedClusters { get; init; }

    /// <summary>Treatment − control, without a covariate; the same as with every unit for itself.</summary>
    public double? Difference { get; init; }

    /// <summary>CR2.</summary>
    public double? StandardError { get; init; }

    /// <summary>Satterthwaite's.</summary>
    public double? DegreesOfFreedom { get; init; }

    /// <summary>At the row's level, valid where the row's interval is.</summary>
    public ReportInterval? Interval { get; init; }

    /// <summary>Two-sided, of one look; null between looks and at registered looks.</summary>
    public double? PValue { get; init; }

    /// <summary>Variance of the difference with clusters / with every unit for itself. Below 1 where clusters in both arms make it smaller.</summary>
    public double? DesignEffect { get; init; }

    /// <summary>How alike the units of a cluster are, within their arms: 1 for copies, 0 for strangers; may be negative.</summary>
    public double? IntraclassCorrelation { get; init; }

    /// <summary>At 1 − the plan's alpha.</summary>
    public ReportInterval? IntraclassInterval { get; init; }

    /// <summary>False when one interval excludes no difference and the other does not, or they lie on two sides of it; null when either is missing.</summary>
    public bool? Agrees { get; init; }

    public required string Method { get; init; }
    public required RowStatus Status { get; init; }

    /// <summary>Why nothing could be estimated; null when it could.</summary>
    public string? Reason { get; init; }
}
