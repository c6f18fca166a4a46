namespace Assay.Evaluation;

/// <summary>One model that judges.</summary>
/// <param name="Upstream">Name of a declared upstream.</param>
/// <param name="Model">As the upstream calls it.</param>
public sealed record JudgeMember(string Upstream, string Model);
