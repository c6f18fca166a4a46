using Assay.Experiments;

namespace Assay.Events;

/// <summary>What to reduce.</summary>
/// <param name="Experiment">The definition: variants, metrics with windows and missing rules, segments, unit.</param>
/// <param name="Version">Its version; versions are never pooled.</param>
/// <param name="AsOf">Events after it are ignored and windows are judged at it; null: the newest event's time.</param>
/// <param name="QuantileZ">Half-width, in standard errors, of the order-statistic intervals of quantiles: z of 1 − alpha/2.</param>
/// <param name="IsComplete">True when nothing more will come, as of a recorded file at its end: conversations that are still open count as closed.</param>
public sealed record MomentsQuery(Experiment Experiment, int Version, DateTimeOffset? AsOf = null, double QuantileZ = 1.959963984540054, bool IsComplete = false)
{
    /// <summary>Caps that an earlier look has fixed; metrics that are not among them are capped by what is there now.</summary>
    public System.Collections.Immutable.ImmutableArray<FrozenCap> Caps { get; init; } = [];

    /// <summary>Strata that an earlier look has fixed, each by the values of the plan's attributes; all others are one. Null to tell apart what is there.</summary>
    public System.Collections.Immutable.ImmutableArray<System.Collections.Immutable.ImmutableArray<string?>>? Strata { get; init; }

    /// <summary>True to read what a report shows beside its estimates, <see cref="ExperimentMoments.Diagnostics"/> and <see cref="MetricMoments.Coarser"/>, from the same state of the store.</summary>
    public bool WithDiagnostics { get; init; }

    /// <summary>Name of a metric whose value of each unit is wanted besides: for checks of an assignment, never for a report. Null for none.</summary>
    public string? UnitsOf { get; init; }
}
