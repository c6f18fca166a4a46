namespace Assay.Events;

/// <summary>
/// The units of the control and one treatment gathered by a coarser id, such as conversations by user, reduced to the sums that errors of a
/// difference of Σ y / Σ z need. A unit without the id stands for itself. Where y is a unit's value and z 1, or a ratio's denominator,
/// w = Σ z of a cluster in an arm of W, e = Σ (y − mean · z) its residual there and h = w / W, sums are over clusters.
/// </summary>
/// <param name="Id">The coarser id: session, conversation, user or cluster.</param>
/// <param name="Variant">The treatment.</param>
public sealed record CoarserClusters(string Id, string Variant)
{
    /// <summary>Units of both arms that enter the estimate.</summary>
    public required long Units { get; init; }

    /// <summary>Of those, the ones with the id.</summary>
    public required long UnitsWithId { get; init; }

    /// <summary>Clusters in either arm.</summary>
    public required long Clusters { get; init; }

    /// <summary>Clusters with weight in the control.</summary>
    public required long ControlClusters { get; init; }

    /// <summary>Clusters with weight in the treatment.</summary>
    public required long TreatmentClusters { get; init; }

    /// <summary>Clusters with units in both arms.</summary>
    public required long SharedClusters { get; init; }

    /// <summary>Clusters whose weight in an arm is negative, which no error can be made of.</summary>
    public required long NegativeClusters { get; init; }

    public required double ControlWeight { get; init; }
    public required double ControlMean { get; init; }
    public required double TreatmentWeight { get; init; }
    public required double TreatmentMean { get; init; }

    /// <summary>Σ (e_T/W_T − e_C/W_C)².</summary>
    public required double PlainSquares { get; init; }

    /// <summary>The same with each residual divided by √(1 − h).</summary>
    public required double AdjustedSquares { get; init; }

    /// <summary>Σ (o − l) with o = Σ_arms h/(W (1 − h)), l = Σ_arms h²/(W (1 − h)).</summary>
    public required double Trace { get; init; }

    /// <summary>Σ (o² − 2 o l).</summary>
    public required double TraceOfSquares { get; init; }

    /// <summary>Σ h²/(1 − h) in the control.</summary>
    public required double ControlLeverage { get; init; }

    /// <summary>The same in the treatment.</summary>
    public required double TreatmentLeverage { get; init; }

    /// <summary>Σ h_C h_T / √((1 − h_C)(1 − h_T)).</summary>
    public required double SharedLeverage { get; init; }

    /// <summary>Variance of the difference with every unit for itself: Σ_arms n/(n − 1) · Σ (y − mean · z)² / W².</summary>
    public required double UnitVariance { get; init; }

    /// <summary>Σ n² over clusters, n the units of a cluster in both arms.</summary>
    public required double SquaredSizes { get; init; }

    /// <summary>Σ (Σ (y − mean · z))² / n over clusters.</summary>
    public required double BetweenSquares { get; init; }

    /// <summary>Σ (y − mean · z)² over units.</summary>
    public required double TotalSquares { get; init; }
}
