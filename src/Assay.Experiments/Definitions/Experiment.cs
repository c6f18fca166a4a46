using System.Collections.Immutable;

namespace Assay.Experiments;

/// <summary>A validated, immutable experiment: what was declared before the first exposure. Built by the definition reader only.</summary>
public sealed record Experiment
{
    public required string Key { get; init; }
    public string? Hypothesis { get; init; }
    public string? Owner { get; init; }

    /// <summary>What is randomised; every analysis is at this unit.</summary>
    public required UnitKind Unit { get; init; }

    /// <summary>The model name clients ask the gateway for; null for an experiment that only hands out assignments.</summary>
    public string? Route { get; init; }

    public required HashKind Hash { get; init; }

    /// <summary>Input of both hash domains; the key unless declared; may be empty (warned about: experiments correlate).</summary>
    public required string Salt { get; init; }

    /// <summary>At least two; the first is the control.</summary>
    public required ImmutableArray<Variant> Variants { get; init; }

    public Audience Audience { get; init; } = Audience.Everyone;

    /// <summary>Share of the eligible units that enter the experiment, in [0, 1].</summary>
    public double Exposure { get; init; } = 1;

    /// <summary>Every metric that the experiment names, resolved (own definitions before built-in ones), in the order primary, guardrail, secondary.</summary>
    public required ImmutableArray<ExperimentMetric> Metrics { get; init; }

    public required AnalysisPlan Plan { get; init; }
    public ImmutableArray<Segment> Segments { get; init; } = [];
    public ImmutableArray<Guardrail> Guardrails { get; init; } = [];
    public ImmutableArray<RolloutStage> Rollout { get; init; } = [];

    /// <summary>Lower-case hex SHA-256 of the canonical definition: see contract, "definitionHash".</summary>
    public required string DefinitionHash { get; init; }

    public Variant Control => Variants[0];

    public IEnumerable<ExperimentMetric> MetricsOf(MetricRole role) => Metrics.Where(m => m.Role == role);
}
