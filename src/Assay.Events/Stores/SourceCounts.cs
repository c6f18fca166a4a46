using System.Collections.Immutable;

namespace Assay.Events;

/// <summary>Units whose first exposure came from one source.</summary>
/// <param name="Source">What tells sources apart: "reason" of the assignment, or "file".</param>
/// <param name="Value">Its value; null when it is not known.</param>
/// <param name="Units">Per arm.</param>
public sealed record SourceCounts(string Source, string? Value, ImmutableArray<long> Units);
