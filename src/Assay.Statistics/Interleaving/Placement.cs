namespace Assay.Statistics;

/// <summary>One item of an interleaved list and the ranker who placed it, who alone is credited for it.</summary>
/// <param name="Item">The item.</param>
/// <param name="Ranker">From 0, in the order in which the rankings were given.</param>
public readonly record struct Placement<T>(T Item, int Ranker);
