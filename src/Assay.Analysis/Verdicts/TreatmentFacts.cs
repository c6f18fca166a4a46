using System.Collections.Immutable;

namespace Assay.Analysis;

/// <summary>One treatment, as the rules see it.</summary>
/// <param name="Variant">Its key.</param>
/// <param name="Primaries">At least one, in the order of the definition.</param>
/// <param name="Limits">Guardrails with a limit, and critical segments.</param>
public sealed record TreatmentFacts(string Variant, ImmutableArray<PrimaryFacts> Primaries, ImmutableArray<LimitFacts> Limits);
