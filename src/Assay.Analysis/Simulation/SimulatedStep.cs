namespace Assay.Analysis;

/// <summary>When a look is taken.</summary>
/// <param name="Look">The registered look, from 1.</param>
/// <param name="Units">Units in all arms by then.</param>
internal readonly record struct SimulatedStep(int Look, long Units);
