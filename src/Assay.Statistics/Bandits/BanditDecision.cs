namespace Assay.Statistics;

/// <summary>Whether one arm is better than all others, at any stop.</summary>
/// <param name="Winner">The arm whose lower bound exceeds every other's upper bound; null while there is none.</param>
/// <param name="Intervals">One per arm; together they hold all arms' means at all times with probability 1 − alpha.</param>
public sealed record BanditDecision(int? Winner, IReadOnlyList<Interval> Intervals);
