namespace Assay.Statistics;

/// <summary>The units of one stratum (a country, a plan) in both arms; strata are known before the exposure.</summary>
/// <param name="Control">Moments of the control's units.</param>
/// <param name="Treatment">Moments of the treatment's units.</param>
public readonly record struct Stratum(SampleMoments Control, SampleMoments Treatment);
