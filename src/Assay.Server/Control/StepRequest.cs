using System.Collections.Immutable;

namespace Assay.Server;

/// <summary>The body of start, pause, resume, stop, rollback (only <see cref="Reason"/>) and conclude. All optional but the outcome of a conclusion.</summary>
public sealed record StepRequest
{
    public string? Reason { get; init; }

    /// <summary>ship or keep-control.</summary>
    public string? Outcome { get; init; }
    public string? Variant { get; init; }
    public ImmutableArray<string> AcceptedGuardrails { get; init; } = [];
}
