using System.Collections.Immutable;

namespace Assay.Analysis;

/// <summary>How much of an effect hangs on a few units.</summary>
/// <param name="Metric">A mean, count or ratio.</param>
/// <param name="Variant">The treatment.</param>
/// <param name="Difference">Of all units, after the metric's own cap; null when not estimable.</param>
/// <param name="Without">The same without some of them, or with the extremes capped.</param>
/// <param name="ControlSkewness">Of the control's unit values; null without variance.</param>
/// <param name="TreatmentSkewness">Of the treatment's.</param>
/// <param name="EnoughUnits">355 · skewness² of the more skewed arm: below so many units in the smaller arm the normal interval is not to be relied on.</param>
/// <param name="SmallerArm">Units of the smaller arm.</param>
public sealed record OutlierRow(
    string Metric, string Variant, double? Difference, ImmutableArray<OutlierComparison> Without,
    double? ControlSkewness, double? TreatmentSkewness, long? EnoughUnits, long SmallerArm);
