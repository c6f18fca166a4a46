namespace Assay.Experiments;

/// <summary>The smallest effect worth having; positive.</summary>
/// <param name="Value">In the metric's unit, or as a fraction of the control's value.</param>
/// <param name="IsRelative">Which of the two.</param>
public sealed record MinimumEffect(double Value, bool IsRelative);
