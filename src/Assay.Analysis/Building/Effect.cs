using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Assay.Statistics;

namespace Assay.Analysis;

/// <summary>What could be learnt of one metric in one treatment against the control, at one level.</summary>
internal sealed record Effect
{
    public required string Method { get; init; }

    /// <summary>Made when somebody reads them: most rows of a large report are never looked at so closely.</summary>
    public JsonObject Arguments { get => field ??= ArgumentsIfAsked?.Invoke() ?? []; init; }

    public Func<JsonObject>? ArgumentsIfAsked { get; init; }
    public double? ControlValue { get; init; }
    public double? TreatmentValue { get; init; }

    /// <summary>Each arm's own interval at 1 − alpha; null when it has none. Only limits ask for it, so it may wait until they do.</summary>
    public Interval? ControlInterval { get => field ?? ControlIntervalIfAsked?.Invoke(); init; }

    public Interval? TreatmentInterval { get => field ?? TreatmentIntervalIfAsked?.Invoke(); init; }
    public Func<Interval?>? ControlIntervalIfAsked { get; init; }
    public Func<Interval?>? TreatmentIntervalIfAsked { get; init; }

    /// <summary>How treatment − ratio × control stands to 0: at least 1 above it for certain, at most −1 below it, at 1 − alpha; null for what decides by the arms' intervals.</summary>
    public Func<double, double>? RelativeScoreIfAsked { get; init; }

    public double? Difference { get; init; }
    public double? StandardError { get; init; }
    public Interval? Interval { get; init; }
    public double? PValue { get; init; }

    /// <summary>Of the exact test that stands beside few events; null with enough.</summary>
    public double? ExactPValue { get; init; }

    /// <summary>The interval was extended to no difference, since the exact test does not reject.</summary>
    public bool IsExtended { get; init; }

    public double? RelativeDifference { get; init; }
    public Interval? RelativeInterval { get; init; }
    public ImmutableArray<ComponentRow> Components { get; init; } = [];

    /// <summary>Before covariates or strata were taken into account; null when none were.</summary>
    public double? UnadjustedDifference { get; init; }

    /// <summary>Share of the difference's variance that covariates or strata took away; null when none were used.</summary>
    public double? VarianceReduction { get; init; }

    /// <summary>Why the plan's covariates or strata were not used though they are there; null when they were, or there are none.</summary>
    public string? NotAdjusted { get; init; }

    /// <summary>Why there is no interval of the difference; null when there is one.</summary>
    public string? Reason { get; init; }

    public bool IsEstimated => Interval is not null;
}
