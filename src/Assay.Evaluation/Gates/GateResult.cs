using System.Collections.Immutable;

namespace Assay.Evaluation;

/// <summary>The decision, with all that it rests on.</summary>
/// <param name="Outcome">The gravest of the reasons; null when the suite has no policy: then nothing was asked.</param>
/// <param name="Reasons">Everything asked, for every treatment.</param>
public sealed record GateResult(GateOutcome? Outcome, ImmutableArray<GateReason> Reasons);
