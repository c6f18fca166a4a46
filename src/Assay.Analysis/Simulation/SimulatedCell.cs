using System.Collections.Immutable;

namespace Assay.Analysis;

/// <summary>Units that are alike in every simulated segment attribute.</summary>
/// <param name="Share">Of all units.</param>
/// <param name="Values">Their value of each attribute; null where it is none of those that are told apart.</param>
/// <param name="Effect">True difference of the primaries there, positive is good.</param>
internal sealed record SimulatedCell(double Share, ImmutableArray<string?> Values, double Effect);
