using System.Collections.Immutable;
using Assay.Events;
using Assay.Experiments;

namespace Assay.Server;

/// <summary>What registering definitions brought; with errors, nothing was registered.</summary>
/// <param name="States">The experiments as they stand now.</param>
/// <param name="Problems">Errors only.</param>
/// <param name="Warnings">Doubts that did not stop it.</param>
public sealed record RegistrationResult(ImmutableArray<ExperimentState> States, ImmutableArray<DefinitionProblem> Problems, ImmutableArray<DefinitionProblem> Warnings);
