namespace Assay.Analysis;

/// <summary>An interval with good turned upwards; an unbounded end is infinite.</summary>
public readonly record struct TurnedInterval(double Low, double High);
