using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Assay.Experiments;

namespace Assay.Analysis;

/// <summary>What is known of an experiment version at one time, and what to do about it: the JSON of the contract.</summary>
/// <remarks>Differences are treatment − control in the metric's unit; relative ones are fractions. What is unknown is null.</remarks>
public sealed record Report
{
    public required string Experiment { get; init; }
    public required int Version { get; init; }

    /// <summary>Null for a recorded file without a definition.</summary>
    public required string? DefinitionHash { get; init; }

    public required Verdict Verdict { get; init; }
    public required ReportSrm Srm { get; init; }

    /// <summary>Exposed units per variant, before any exclusion, in the order of the definition.</summary>
    public required IReadOnlyDictionary<string, long> Units { get; init; }

    /// <summary>Units in all arms together that the plan asks for; null when the plan cannot be sized.</summary>
    public required long? PlannedUnits { get; init; }

    /// <summary>Number of the registered look that this is, from 1; null between looks and without registered looks.</summary>
    public required int? Look { get; init; }

    /// <summary>Time of the newest event considered.</summary>
    public required DateTimeOffset? DataUntil { get; init; }

    /// <summary>One row per metric × treatment, primaries first.</summary>
    public required ImmutableArray<MetricRow> Metrics { get; init; }

    public required ImmutableArray<SegmentReport> Segments { get; init; }
    public required ImmutableArray<ReportWarning> Warnings { get; init; }

    /// <summary>What is randomised: request, session, conversation, user or cluster.</summary>
    public required string UnitKind { get; init; }

    /// <summary>True when the report was made at the planned end.</summary>
    public required bool IsFinal { get; init; }

    /// <summary>Matured units of the primary in all arms together.</summary>
    public required long MaturedUnits { get; init; }

    public required double Alpha { get; init; }

    /// <summary>When the primaries may decide: at registered looks or the planned end; or, in a hybrid plan, harm at any time and benefit at the planned end.</summary>
    [JsonConverter(typeof(PlanMethodConverter))]
    public PlanMethod PlanMethod { get; init; }

    /// <summary>Number of registered looks; null when the plan has only the one at the end.</summary>
    public int? PlannedLooks { get; init; }

    /// <summary>The registered looks that were evaluated, this one included: what was reached, and what it took. Each is evaluated once.</summary>
    public ImmutableArray<LookRecord> Looks { get; init; } = [];

    /// <summary>Matured units at which something is judged next; null at the end, and when the plan cannot be sized.</summary>
    public long? NextLookUnits { get; init; }

    /// <summary>True when this report settles the version: made at the planned end, or at a look whose boundary was reached.</summary>
    public bool Ends { get; init; }

    /// <summary>One row per limit × treatment.</summary>
    public required ImmutableArray<GuardrailRow> Guardrails { get; init; }

    /// <summary>Null in a report from before there were any.</summary>
    public DiagnosticsReport? Diagnostics { get; init; }
}
