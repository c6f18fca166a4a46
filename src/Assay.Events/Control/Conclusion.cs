using System.Collections.Immutable;

namespace Assay.Events;

/// <summary>What a person decided, beside the unchanged verdict.</summary>
/// <param name="Outcome">ship or keep-control.</param>
/// <param name="Variant">The variant served from now on.</param>
/// <param name="Reason">Required when it goes against the verdict.</param>
/// <param name="AcceptedGuardrails">Guardrails that were knowingly passed over.</param>
/// <param name="AgainstVerdict">True when the verdict said otherwise.</param>
public sealed record Conclusion(string Outcome, string Variant, string? Reason, ImmutableArray<string> AcceptedGuardrails, bool AgainstVerdict);
