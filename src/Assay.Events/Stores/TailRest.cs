using System.Collections.Immutable;

namespace Assay.Events;

/// <summary>What remains without the most extreme units.</summary>
/// <param name="LeftOut">How many were left out, of all arms together.</param>
/// <param name="Arms">Moments of the rest, one per variant.</param>
public sealed record TailRest(int LeftOut, ImmutableArray<MetricArmMoments> Arms);
