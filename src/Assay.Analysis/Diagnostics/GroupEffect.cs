namespace Assay.Analysis;

/// <summary>An effect in one group of units, or on one day.</summary>
/// <param name="Group">The segment's value, the day since exposure from 0, or the date.</param>
/// <param name="Control">The control's value.</param>
/// <param name="Treatment">The treatment's.</param>
/// <param name="Difference">Treatment − control.</param>
/// <param name="StandardError">Of the difference.</param>
/// <param name="Units">Of both arms.</param>
public sealed record GroupEffect(string? Group, double? Control, double? Treatment, double Difference, double StandardError, long Units);
