using System.Collections.Immutable;

namespace Assay.Analysis;

/// <summary>Whether an experiment's own assignment is what chance would make of it.</summary>
/// <param name="Experiment">Its key.</param>
/// <param name="Outcome">pass, fail, or inconclusive when too few units are assigned to say.</param>
/// <param name="Units">Units that were tried.</param>
/// <param name="Assigned">Units per variant, as the definition assigns them.</param>
/// <param name="NotAssigned">Reason → units that got no variant.</param>
/// <param name="Resalts">Assignments of the same units by other salts.</param>
/// <param name="Seed">Of those salts.</param>
/// <param name="Alpha">Level of the whole check.</param>
/// <param name="Tests">What was tested.</param>
/// <param name="Summary">In words.</param>
public sealed record AssignmentCheckReport(
    string Experiment, string Outcome, int Units, IReadOnlyDictionary<string, long> Assigned, IReadOnlyDictionary<string, long> NotAssigned, int Resalts, long Seed, double Alpha,
    ImmutableArray<AssignmentTest> Tests, string Summary);
