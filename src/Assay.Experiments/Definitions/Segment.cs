using System.Collections.Immutable;

namespace Assay.Experiments;

/// <summary>An attribute by whose values effects are broken down; a critical value has the loss it may not exceed.</summary>
/// <param name="Attribute">Name of an attribute known at the first exposure.</param>
/// <param name="Critical">Value of the attribute → largest tolerated loss of the primary, in its unit.</param>
public sealed record Segment(string Attribute, ImmutableSortedDictionary<string, double> Critical);
