using System.Collections.Immutable;

namespace Assay.Events;

/// <summary>Units up to a time.</summary>
/// <param name="Until">End of the hour.</param>
/// <param name="Units">Per arm, first exposures before <paramref name="Until"/>, before any exclusion.</param>
public sealed record ArrivalCounts(DateTimeOffset Until, ImmutableArray<long> Units);
