using System.Collections.Immutable;

namespace Assay.Events;

/// <summary>Units that are in two experiments.</summary>
/// <param name="Experiment">Key of the other.</param>
/// <param name="Variants">Keys of its variants.</param>
/// <param name="Units">Per arm of this experiment, one number per variant of the other.</param>
public sealed record ExperimentOverlap(string Experiment, ImmutableArray<string> Variants, ImmutableArray<ImmutableArray<long>> Units);
