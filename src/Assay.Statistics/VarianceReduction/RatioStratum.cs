namespace Assay.Statistics;

/// <summary>The units of one stratum in both arms, for a ratio of sums.</summary>
/// <param name="Control">Numerator and denominator of the control's units.</param>
/// <param name="Treatment">The same for the treatment.</param>
public readonly record struct RatioStratum(RatioMoments Control, RatioMoments Treatment);
