using System.Collections.Immutable;

namespace Assay.Analysis;

/// <summary>Checks of the traffic and of the effect's shape: what an average over all units and days would hide.</summary>
public sealed record DiagnosticsReport
{
    public required RunningSrm Srm { get; init; }

    /// <summary>Units per arm by segment, source and day of entry, each tested against the weights.</summary>
    public required ImmutableArray<ArmMix> Mixes { get; init; }

    /// <summary>Per segment attribute × primary × treatment.</summary>
    public required ImmutableArray<SimpsonRow> Simpson { get; init; }

    /// <summary>Per segment attribute × primary × treatment; p-values adjusted over all of them.</summary>
    public required ImmutableArray<HeterogeneityRow> Heterogeneity { get; init; }

    /// <summary>Per primary × treatment: the effect by day since exposure, on a fixed cohort.</summary>
    public required ImmutableArray<DayTrendRow> DaysSinceExposure { get; init; }

    /// <summary>Per primary × treatment: the effect by the calendar day on which units entered.</summary>
    public required ImmutableArray<DayTrendRow> CalendarDays { get; init; }

    /// <summary>Per mean, count or ratio × treatment.</summary>
    public required ImmutableArray<OutlierRow> Outliers { get; init; }

    /// <summary>Per filter × treatment: its rate in both arms.</summary>
    public required ImmutableArray<FilterRow> Filters { get; init; }

    /// <summary>Other experiments on the same units.</summary>
    public required ImmutableArray<OverlapRow> Overlaps { get; init; }

    /// <summary>Per variant: units that met another one too.</summary>
    public required ImmutableArray<MultipleExposureRow> MultipleExposures { get; init; }
}
