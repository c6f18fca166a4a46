using System.Collections.Immutable;
using Assay.Experiments;

namespace Assay.Server;

/// <summary>What registering definitions brought: the experiments as they stand now, and what was doubtful in the definitions.</summary>
public sealed record CreateResponse(ImmutableArray<ExperimentSnapshot> Experiments, ImmutableArray<DefinitionProblem> Warnings);
