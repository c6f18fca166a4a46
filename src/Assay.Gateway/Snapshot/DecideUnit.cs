using Assay.Experiments;

namespace Assay.Gateway;

/// <summary>Decides the variant of one unit; <see cref="ExperimentAssigner.Decide"/> in production.</summary>
internal delegate AssignmentDecision DecideUnit(ReadOnlySpan<char> unit, UnitAttributes attributes);
