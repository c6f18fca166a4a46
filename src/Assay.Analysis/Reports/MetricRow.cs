using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Assay.Analysis;

/// <summary>One metric of one treatment against the control.</summary>
public sealed record MetricRow
{
    public required string Metric { get; init; }

    /// <summary>primary, guardrail or secondary.</summary>
    public required string Role { get; init; }

    /// <summary>What the values are counted in: "USD", "ms"; null for plain numbers.</summary>
    public required string? Unit { get; init; }

    /// <summary>higher or lower.</summary>
    public required string Better { get; init; }

    public required ArmValue Control { get; init; }
    public required TreatmentValue Treatment { get; init; }

    /// <summary>Treatment − control.</summary>
    public double? Difference { get; init; }

    /// <summary>Beside an early stop, where <see cref="Difference"/> is the median-unbiased estimate; else null.</summary>
    public double? ObservedDifference { get; init; }

    /// <summary>Where covariates or strata were taken into account: the difference without them; else null. The arms' values are never adjusted.</summary>
    public double? UnadjustedDifference { get; init; }

    /// <summary>Share of the difference's variance that covariates or strata took away, negative when they did harm; null when none were used.</summary>
    public double? VarianceReduction { get; init; }

    /// <summary>Why the plan's covariates or strata were not used here; null when they were, when the plan has none, and where nothing is estimated.</summary>
    public string? NotAdjusted { get; init; }

    /// <summary>Of <see cref="Difference"/>, at <see cref="IntervalLevel"/>.</summary>
    public ReportInterval? Interval { get; init; }

    /// <summary>Difference / |control|, for display.</summary>
    public double? RelativeDifference { get; init; }

    public ReportInterval? RelativeInterval { get; init; }

    /// <summary>1 − alpha, or closer to 1 where the primary family shares alpha.</summary>
    public double? IntervalLevel { get; init; }

    public IntervalKind? IntervalKind { get; init; }

    /// <summary>Two-sided; of the absolute difference.</summary>
    public double? PValue { get; init; }

    /// <summary>Within the metric's family; null for guardrails and for families that were not tested.</summary>
    public double? AdjustedPValue { get => _adjustedPValue; init => _adjustedPValue = value; }

    /// <summary>How the p-value was adjusted, and why so; null where it was not, and for a family of one. Segments follow the plan's correction.</summary>
    public FamilyAdjustment? Adjustment { get; init; }

    // Families of rows are adjusted before anybody has seen them: thousands of copies for one number each would double their cost.
    private double? _adjustedPValue;

    internal void Adjust(double? adjustedPValue) => _adjustedPValue = adjustedPValue;

    /// <summary>
    /// By shuffling whole clusters, beside <see cref="PValue"/> where the units are clusters and fewer than 10 in an arm; at a registered look the
    /// alpha at which its z would reach the boundary. Null else, and between looks. It does not decide.
    /// </summary>
    public double? PermutationPValue { get; init; }

    public required Practical Practical { get; init; }

    /// <summary>Name of the method; most are also those of <c>assay stats</c>.</summary>
    public required string Method { get; init; }

    /// <summary>The sufficient statistics that the method was given.</summary>
    public JsonObject MethodArguments { get => field ??= MethodArgumentsIfAsked?.Invoke() ?? []; init; }

    internal Func<JsonObject>? MethodArgumentsIfAsked { get; init; }

    /// <summary>Share of the matured units with at least one row, per variant.</summary>
    public required IReadOnlyDictionary<string, double?> Answered { get; init; }

    /// <summary>Units of both arms whose window is still open.</summary>
    public required long Immature { get; init; }

    /// <summary>Units of both arms that met another arm and were set aside.</summary>
    public required long Crossed { get; init; }

    public required RowStatus Status { get; init; }

    /// <summary>Why nothing could be estimated; null when it could.</summary>
    public string? Reason { get; init; }

    /// <summary>proportion, mean, count, ratio or quantile.</summary>
    public required string Type { get; init; }

    /// <summary>How a sentence names what is counted: "resolved", "with retention_7"; the metric's name for other types.</summary>
    public required string Label { get; init; }

    /// <summary>The smallest effect worth having, in the metric's unit; null when none was declared for it.</summary>
    public double? MinimumEffect { get; init; }

    /// <summary>Null when no unit crossed arms.</summary>
    public IntentionToTreatRow? IntentionToTreat { get; init; }

    /// <summary>What the mean is over: "per conversation" counts each conversation once, "per request" each request. Null in a report from before it was said.</summary>
    public string? Estimand { get; init; }

    /// <summary>Only of primaries whose units have a coarser id; null else.</summary>
    public ClusteredRow? Clustered { get; init; }

    /// <summary>Empty but for ratios that cannot be estimated.</summary>
    public ImmutableArray<ComponentRow> Components { get; init; } = [];

    /// <summary>Of a primary whose plan asks for it (<c>plan.bayesian</c>); else null. No ground of the verdict.</summary>
    public BayesianRow? Bayesian { get; init; }

    internal bool HigherIsBetter => Better == "higher";
}
