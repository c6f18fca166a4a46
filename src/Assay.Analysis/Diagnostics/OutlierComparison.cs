namespace Assay.Analysis;

/// <summary>The effect with less of the tail.</summary>
/// <param name="Change">"without 1", "without 10" (the units furthest from the pooled median) or "winsorised" (values beyond the pooled 1st and 99th percentile moved there).</param>
/// <param name="Difference">Treatment − control; null when not estimable.</param>
/// <param name="Interval">At the plan's alpha.</param>
/// <param name="Shift">How far the difference moved, in its standard errors; null when not estimable.</param>
/// <param name="ChangesConclusion">True when one of the intervals, before and after, excludes no difference and the other does not.</param>
public sealed record OutlierComparison(string Change, double? Difference, ReportInterval? Interval, double? Shift, bool ChangesConclusion);
