using System.Collections.Immutable;

namespace Assay.Analysis;

/// <summary>What family 2 claims by mistake and finds, after gatekeeping: at any look up to the end at which family 1 had rejected, by the plan's correction, each by its own boundary.</summary>
/// <param name="Correction">The plan's.</param>
/// <param name="OpenRate">Share of the runs in which family 1 rejected, so that secondaries were tested.</param>
/// <param name="FamilywiseErrorRate">Share of the runs that claim something of a secondary in which nothing changed; null when something changed in all.</param>
/// <param name="FamilywiseStandardError">Its Monte Carlo error.</param>
/// <param name="FalseDiscoveryRate">Mean share of false claims among a run's claims, 0 where there is none.</param>
/// <param name="FalseDiscoveryStandardError">Its Monte Carlo error.</param>
/// <param name="Comparisons">Each secondary × treatment.</param>
public sealed record SimulatedSecondaries(
    string Correction, double OpenRate, double? FamilywiseErrorRate, double? FamilywiseStandardError, double FalseDiscoveryRate, double FalseDiscoveryStandardError,
    ImmutableArray<SimulatedSecondary> Comparisons);
