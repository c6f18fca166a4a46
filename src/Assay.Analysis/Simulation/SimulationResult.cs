using System.Collections.Immutable;

namespace Assay.Analysis;

/// <summary>How often a plan does what, with Monte Carlo errors.</summary>
public sealed record SimulationResult
{
    public required int Runs { get; init; }
    public required double Effect { get; init; }

    /// <summary>True effect over all units, where segments differ from the rest; positive is good.</summary>
    public required double OverallEffect { get; init; }

    public required long Seed { get; init; }

    /// <summary>Share of the runs in which a primary's boundary was crossed on either side.</summary>
    public required double RejectionRate { get; init; }

    /// <summary>Of <see cref="RejectionRate"/>.</summary>
    public required double StandardError { get; init; }

    /// <summary>Share of the runs whose interval of the first primary and treatment, as reported at the end, holds the true effect; null without one.</summary>
    public required double? Coverage { get; init; }

    public required double? CoverageStandardError { get; init; }

    /// <summary>Mean units at the end as a share of the planned maximum.</summary>
    public required double MeanSampleFraction { get; init; }

    public required double MeanSampleFractionStandardError { get; init; }

    /// <summary>Decision → share of the runs.</summary>
    public required IReadOnlyDictionary<string, double> Decisions { get; init; }

    /// <summary>What would be rejected if one looked as often and took each look for the only one.</summary>
    public required SimulatedPeeking Naive { get; init; }

    public required long PlannedUnits { get; init; }

    /// <summary>Units per variant at the planned end, in mean.</summary>
    public required IReadOnlyDictionary<string, double> UnitsPerVariant { get; init; }

    public required ImmutableArray<SimulatedLook> Looks { get; init; }

    /// <summary>The secondary family; null when there is none.</summary>
    public required SimulatedSecondaries? Secondaries { get; init; }

    /// <summary>The simulated segments; empty when there are none.</summary>
    public required ImmutableArray<SimulatedSegment> Segments { get; init; }

    /// <summary>Mean days until the end; null without traffic.</summary>
    public required double? MeanDays { get; init; }

    public required ImmutableArray<Assumption> Assumptions { get; init; }

    /// <summary>What of the definition is not simulated, in words.</summary>
    public required ImmutableArray<string> Notes { get; init; }
}
