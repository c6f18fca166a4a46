namespace Assay.Statistics;

/// <summary>What a hybrid plan knows: harm at any time, benefit at the planned end.</summary>
/// <param name="Interval">The limit that would show harm is always valid; the one that would show benefit is that of one look, and infinite before the end.</param>
/// <param name="HarmPValue">One-sided, always valid.</param>
/// <param name="BenefitPValue">One-sided, fixed; not estimable before the planned end.</param>
/// <param name="HarmShown">The interval lies wholly on the harmful side: may stop at any time.</param>
/// <param name="BenefitShown">The interval lies wholly on the good side: only at the end.</param>
public readonly record struct HybridEstimate(Interval Interval, double HarmPValue, Estimated<double> BenefitPValue, bool HarmShown, bool BenefitShown);
