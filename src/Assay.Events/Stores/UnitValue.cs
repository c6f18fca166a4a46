namespace Assay.Events;

/// <summary>One unit's value of a metric.</summary>
/// <param name="Unit">Its id.</param>
/// <param name="Variant">Index of the variant that was recorded for it.</param>
/// <param name="Value">Value, or numerator of a ratio; null when the unit does not enter.</param>
/// <param name="Denominator">Of a ratio; else null.</param>
public readonly record struct UnitValue(string Unit, int Variant, double? Value, double? Denominator);
