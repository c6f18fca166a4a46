namespace Assay.Evaluation;

/// <summary>One answer that a run needs.</summary>
/// <param name="Variant">Who answers.</param>
/// <param name="Golden">What, with its messages filled.</param>
/// <param name="Repeat">From 0.</param>
/// <param name="Call">Of a model variant; null for applications and recordings.</param>
public sealed record ArenaCell(SuiteVariant Variant, GoldenCase Golden, int Repeat, ModelCall? Call);
