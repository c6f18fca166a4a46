namespace Assay.Server;

/// <summary>Why a step in an experiment's life was refused.</summary>
/// <param name="Code">Stable name: <c>unknown-experiment</c>, <c>wrong-status</c>, <c>missing-key</c>, <c>route-conflict</c>, <c>reason-required</c>, <c>unknown-variant</c>, <c>unknown-outcome</c>.</param>
/// <param name="Message">What is in the way.</param>
/// <param name="Hint">What to do.</param>
public sealed record LifecycleProblem(string Code, string Message, string? Hint);
