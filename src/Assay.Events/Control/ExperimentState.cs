using Assay.Experiments;

namespace Assay.Events;

/// <summary>An experiment version and where it stands. Immutable; every change is a new state.</summary>
public sealed record ExperimentState
{
    public required Experiment Experiment { get; init; }

    /// <summary>From 1; a changed definition after a start is a new version.</summary>
    public required int Version { get; init; }
    public required ExperimentStatus Status { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public Conclusion? Conclusion { get; init; }
}
