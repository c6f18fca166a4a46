using System.Collections.Immutable;

namespace Assay.Storage;

/// <summary>What a variant column holds, or why it cannot be read.</summary>
public sealed record VariantColumnResult(ImmutableArray<VariantCount> Values, ImmutableArray<DataProblem> Problems);
